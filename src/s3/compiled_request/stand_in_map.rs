//! A map of stand-ins, to see where the pipeline puts the values of a map.

use super::stand_in::StandIn;
use crate::error::Error;
use crate::model::{Input, Kind, VisitEntry, VisitItem};
use crate::s3::pipeline::OwnString;

/// The caller's names with a stand-in for each value.
pub(super) struct StandInMap<'s> {
    names: Vec<OwnString>,
    values: &'s [StandIn],
}

impl<'s> StandInMap<'s> {
    /// A map with these names, and as many of these values.
    pub(super) fn new(names: &[&str], values: &'s [StandIn]) -> Option<Self> {
        let names: Vec<_> = names.iter().map(|&name| OwnString(name.to_owned())).collect();
        let values = values.get(..names.len())?;
        Some(Self { names, values })
    }
}

impl Input for StandInMap<'_> {
    fn kind(&self) -> Kind {
        Kind::Map
    }

    fn string(&self) -> Result<&str, Error> {
        Ok("")
    }

    fn is_falsy(&self) -> Result<bool, Error> {
        Ok(self.names.is_empty())
    }

    fn length(&self) -> Result<usize, Error> {
        Ok(self.names.len())
    }

    fn is_below(&self, _min: i64) -> Result<bool, Error> {
        Ok(false)
    }

    fn bytes(&self) -> Result<Vec<u8>, Error> {
        Ok(Vec::new())
    }

    fn shown(&self) -> Result<String, Error> {
        Ok(String::new())
    }

    fn code_points(&self) -> Result<Vec<u32>, Error> {
        Ok(Vec::new())
    }

    fn number(&self) -> Result<String, Error> {
        Ok(String::new())
    }

    fn type_name(&self) -> String {
        String::new()
    }

    fn instant(&self) -> Result<Option<i64>, Error> {
        Ok(None)
    }

    fn each_item(&self, _visit: VisitItem<'_>) -> Result<(), Error> {
        Ok(())
    }

    fn each_entry(&self, visit: VisitEntry<'_>) -> Result<(), Error> {
        let mut entries = self.names.iter().zip(self.values);
        entries.try_for_each(|(name, value)| visit(name, value))
    }
}
