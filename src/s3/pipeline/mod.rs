//! Turns an operation and its parameters into a signed URL or form.
//!
//! The steps of a URL, in boto3's order, which decides which error a caller sees first:
//!
//! 1. `special.rs`: rewrite the parameters that boto3 rewrites.
//! 2. `endpoint.rs`: find the host and the path.
//! 3. [`model`](crate::model): validate the parameters, and write path, query and headers.
//! 4. `signature.rs`: choose the signature.
//! 5. `presign.rs`: put the request together, then pass it on to be signed. It also holds all
//!    the steps above in one function.
//!
//! A form takes steps 1 and 2 in `form_destination.rs`, and its policy is written and signed by
//! `post.rs` and `json.rs`.
//!
//! `additions.rs` holds what `presign` adds to a call beyond boto3's arguments; `call_with.rs` is the call that has
//! them. They come in behind step 3.
//!
//! There is no cache here: the same call takes the same steps each time.

mod additions;
mod bucket;
mod call;
mod call_with;
pub mod endpoint;
mod form_destination;
pub mod json;
mod ordinary_bucket;
mod own_string;
pub mod post;
mod presign;
mod read_params;
mod settings;
mod signature;
mod special;

pub use additions::{AdditionParts, Additions};
pub use call::{AtHand, Call, UpperCase};
pub use ordinary_bucket::goes_where_it_says;
pub use read_params::ReadParams;
pub use settings::Settings;
pub use special::lookups;

pub(in crate::s3) use call_with::{CallWith, check_signed};
pub(in crate::s3) use form_destination::FormDestination;
pub(in crate::s3) use ordinary_bucket::is_ordinary_bucket;
pub(in crate::s3) use own_string::OwnString;
pub(in crate::s3) use presign::Pipeline;
pub(in crate::s3) use signature::{Purpose, Scheme, SignedBy, ToSign, choose};
pub(in crate::s3) use special::is_special;
