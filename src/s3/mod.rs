//! To be written.

pub mod json;
pub mod post;
