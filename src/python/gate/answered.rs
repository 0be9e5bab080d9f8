//! The plain calls of one method of a client, which the core answers until a name has changed.

use pyo3::PyTraverseError;
use pyo3::gc::PyVisit;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::arguments::is_plain_bucket;
use crate::python::client::Client;
use crate::python::unchanged::Unchanged;

/// What Python has found out about a method: the core gives boto3's results for it.
pub(super) struct Answered {
    /// The operation of a URL, as boto3 names its method; `None` for forms.
    pub(super) method: Option<Py<PyString>>,
    /// Each member with the type that its value must have.
    pub(super) members: Vec<(Py<PyString>, Py<PyAny>)>,
    /// The object whose cache has the regions of buckets that S3 has redirected; it may replace the cache.
    pub(super) redirector: Py<PyAny>,
    /// What answers.
    pub(super) core: Py<Client>,
    /// The names that botocore looks up.
    pub(super) names: Py<Unchanged>,
}

impl Answered {
    /// What answers, if the names are unchanged.
    pub(super) fn core(&self, py: Python<'_>) -> Option<Py<Client>> {
        let is_unchanged = self.names.get().is_so(py);
        is_unchanged.then(|| self.core.clone_ref(py))
    }

    pub(super) fn is_by(&self, method: Option<&Bound<'_, PyString>>) -> bool {
        match (&self.method, method) {
            (None, None) => true,
            (Some(own), Some(method)) => {
                let own = own.bind(method.py());
                own.is(method) || method.to_str().is_ok_and(|method| is_equal(own, method))
            }
            _ => false,
        }
    }

    /// Whether all parameters are plain scalars, and none is rewritten by botocore.
    pub(super) fn takes(&self, params: &Bound<'_, PyDict>) -> PyResult<bool> {
        for (name, value) in params {
            match self.type_of(&name) {
                Some(class) if value.get_type().is(class) => {}
                _ => return Ok(false),
            }
        }
        match params.get_item(intern!(params.py(), "Bucket"))? {
            Some(bucket) => self.goes_where_it_says(&bucket),
            None => Ok(true),
        }
    }

    /// Whether this is the name of a bucket that goes where its name says.
    pub(super) fn goes_where_it_says(&self, bucket: &Bound<'_, PyAny>) -> PyResult<bool> {
        let name = bucket.cast_exact::<PyString>().ok();
        if !name.is_some_and(|name| name.to_str().is_ok_and(is_plain_bucket)) {
            return Ok(false);
        }
        let py = bucket.py();
        let moved = self.redirector.bind(py).getattr(intern!(py, "_cache"))?;
        let Ok(moved) = moved.cast_exact::<PyDict>() else {
            return Ok(false);
        };
        Ok(moved.is_empty() || !moved.contains(bucket)?)
    }

    /// The type of a member; names are mostly the very strings of the model.
    fn type_of(&self, name: &Bound<'_, PyAny>) -> Option<&Py<PyAny>> {
        if let Some((_, class)) = self.members.iter().find(|(known, _)| known.is(name)) {
            return Some(class);
        }
        let string = name.cast_exact::<PyString>().ok()?.to_str().ok()?;
        let mut members = self.members.iter();
        let found = members.find(|(known, _)| is_equal(known.bind(name.py()), string));
        found.map(|(_, class)| class)
    }

    pub(super) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.core)?;
        visit.call(&self.names)?;
        visit.call(&self.redirector)?;
        for (_, class) in &self.members {
            visit.call(class)?;
        }
        Ok(())
    }
}

#[inline]
fn is_equal(known: &Bound<'_, PyString>, string: &str) -> bool {
    known.to_str().is_ok_and(|known| known == string)
}
