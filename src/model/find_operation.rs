//! Finds an operation by the name of boto3's method.

use super::generated::operations::BY_LENGTH;
use super::operation::Operation;

impl Operation {
    /// The operation that boto3 knows by this `snake_case` name.
    #[must_use]
    pub fn by_method_name(name: &str) -> Option<&'static Self> {
        // Names of one length differ in their last eight bytes, with few exceptions.
        let end = name.as_bytes().last_chunk::<8>()?;
        let mut same_length = BY_LENGTH.get(name.len())?.iter().copied();
        same_length.find(|operation| {
            operation.method_name.as_bytes().last_chunk() == Some(end) && operation.method_name == name
        })
    }
}
