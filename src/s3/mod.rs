//! What S3 adds to signing: presigned URLs and POST forms.
//!
//! [`pipeline`](self) in `pipeline/` handles one call from start to end, and remembers nothing. The
//! files beside it hold what a [`Presigner`] remembers between calls:
//!
//! | file | remembers |
//! |---|---|
//! | `endpoint_cache.rs` | the endpoint of each bucket |
//! | `compiled_request.rs`, `request_cache.rs` | requests that differ in a few values only |
//! | `form_cache.rs`, `compiled_form.rs` | what POST forms have in common |
//! | `form_kinds.rs` | which kinds of forms a client makes again and again |
//! | `batch/` | what the rows of a batch have in common |
//!
//! `presigner.rs` owns the caches. `fast_path.rs`, `sigv2_fast_path.rs`, `form.rs` and `presigned_request.rs` add its
//! methods, one kind of result a file.

pub mod batch;
mod call_sites;
mod compiled_form;
mod compiled_request;
mod endpoint_cache;
pub mod expires_in;
mod fast_path;
mod form;
mod form_cache;
mod form_call;
mod form_kinds;
mod form_template;
mod held_parts;
mod known_form;
mod mapping;
pub mod memory;
mod object;
mod pipeline;
mod presigned_request;
mod presigner;
mod request_cache;
mod shared_list;
mod sigv2_fast_path;
#[cfg(test)]
mod tests;

pub use call_sites::{CallSiteCache, Called, Made, MadeUrl};
pub use form::{Dates, HasPolicy, Period, Posted};
pub use form_call::{FormArguments, KnownForms};
pub use form_template::FormObject;
pub use mapping::{Entries, Mapping, ParamList, append_params, each_wanted, with_params};
pub use object::{LONG_STRING, Object, each_plain_entry, member_of, param_name, plain_entries};
pub use pipeline::{
    AdditionParts, Additions, AtHand, Call, ReadParams, Settings, UpperCase, endpoint, goes_where_it_says, json,
    lookups, post,
};
pub use presigned_request::{End, PresignedRequest, as_bytes_are_sent};
pub use presigner::Presigner;
pub use request_cache::{CachedRequest, CallShape};
