//! What S3 adds to signing: special parameters, endpoints, presigned URLs and POST policies.

mod bucket;
pub mod endpoint;
mod form;
pub mod json;
mod made;
pub mod post;
mod presigner;
mod signature;
mod special;

pub use form::{HasPolicy, Period};
pub use presigner::{Call, Presigner, Settings};
