//! To be written.

pub mod endpoint;
pub mod json;
pub mod post;
