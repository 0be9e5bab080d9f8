//! The S3 operations as generated tables, and the validation of parameters against them.

mod input;
mod operation;

pub use input::{Input, Kind};
pub use operation::{EndpointContext, Member, Operation, Place, Shape, Structure, TimestampFormat};
