//! What S3 adds to signing: special parameters, endpoints, presigned URLs and POST policies.

pub mod batch;
mod bucket;
mod call;
pub mod endpoint;
mod form;
mod form_kinds;
mod given;
pub mod json;
mod made;
mod plan;
pub mod post;
mod presigned_request;
mod presigner;
mod routes;
mod shared_list;
mod signature;
mod special;

pub use call::{AtHand, Call};
pub use form::{Begun, Dates, HasPolicy, Period, Posted};
pub use form_kinds::FormKinds;
pub use given::Given;
pub use presigned_request::{PresignedRequest, end_by};
pub use presigner::{Presigner, Settings};
pub use routes::{Made, Ready};
pub use shared_list::SharedList;
pub use special::lookups;
