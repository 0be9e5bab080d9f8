//! A string that the library made, in the place of a caller's value.

use crate::error::Error;
use crate::model::{Input, Kind};

/// A parameter value that the library made: an encoded copy source, a checksum, a token.
pub(in crate::s3) struct OwnString(pub(in crate::s3) String);

impl Input for OwnString {
    fn kind(&self) -> Kind {
        Kind::String
    }

    fn string(&self) -> Result<&str, Error> {
        Ok(&self.0)
    }

    fn is_falsy(&self) -> Result<bool, Error> {
        Ok(self.0.is_empty())
    }

    fn length(&self) -> Result<usize, Error> {
        Ok(self.0.chars().count())
    }

    fn is_below(&self, _min: i64) -> Result<bool, Error> {
        Ok(false)
    }

    fn bytes(&self) -> Result<Vec<u8>, Error> {
        Ok(self.0.as_bytes().to_vec())
    }

    fn shown(&self) -> Result<String, Error> {
        Ok(self.0.clone())
    }

    fn code_points(&self) -> Result<Vec<u32>, Error> {
        Ok(self.0.chars().map(u32::from).collect())
    }

    fn number(&self) -> Result<String, Error> {
        Ok(String::new())
    }

    fn type_name(&self) -> String {
        "<class 'str'>".to_owned()
    }

    fn instant(&self) -> Result<Option<i64>, Error> {
        Ok(None)
    }

    fn each_item(&self, _visit: &mut dyn FnMut(&dyn Input) -> Result<(), Error>) -> Result<(), Error> {
        Ok(())
    }

    fn each_entry(&self, _visit: &mut dyn FnMut(&dyn Input, &dyn Input) -> Result<(), Error>) -> Result<(), Error> {
        Ok(())
    }
}
