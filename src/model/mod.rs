//! The S3 operations as generated tables, and what is done with parameters by them: validation into a
//! report, serialisation into a path, a query and headers.

mod find_operation;
mod generated;
mod input;
mod kind;
mod operation;
mod param;
mod serialise;
mod validate;
mod wire_value;

pub use generated::operations;
pub use input::{Input, IsWanted, VisitEntry, VisitItem};
pub use kind::{Kind, Look, Lookup, Writing};
pub use operation::{EndpointContext, Member, Operation, Place, Shape, Structure, TimestampFormat};
pub use param::{Param, ParamName, wrong_type};
pub use serialise::{Serialised, append_path, auth_path, serialise};
pub use validate::{validate, validate_by};
