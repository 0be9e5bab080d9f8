//! The calls of one client that the core answers: with what, and for which operations.

use pyo3::PyTraverseError;
use pyo3::gc::PyVisit;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::arguments::is_plain_bucket;
use crate::python::client::Client;
use crate::python::unchanged::Unchanged;

/// Empty until Python has found that the core gives boto3's results; then a part for each operation.
#[derive(Default)]
pub(super) struct Answers {
    pub(super) urls: Option<Served>,
    pub(super) operations: Vec<UrlOperation>,
    pub(super) forms: Option<(Served, Redirector)>,
    pub(super) is_closed: bool,
}

/// What answers, as long as the names that botocore looks up are unchanged.
pub(super) struct Served {
    pub(super) core: Py<Client>,
    pub(super) names: Py<Unchanged>,
}

/// An operation whose handlers and members are those that the core knows.
pub(super) struct UrlOperation {
    pub(super) method: Py<PyString>,
    /// Each member with the type that its value must have.
    pub(super) members: Vec<(Py<PyString>, Py<PyAny>)>,
    pub(super) redirector: Redirector,
}

/// The object whose cache has the regions of buckets that S3 has redirected; it may replace the cache.
pub(super) struct Redirector(pub(super) Py<PyAny>);

impl Served {
    pub(super) fn core_if_unchanged(&self, py: Python<'_>) -> PyResult<Option<Py<Client>>> {
        let is_so = self.names.get().is_so(py)?;
        Ok(is_so.then(|| self.core.clone_ref(py)))
    }

    fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.core)?;
        visit.call(&self.names)
    }
}

impl UrlOperation {
    pub(super) fn is_of(&self, method: &Bound<'_, PyString>) -> bool {
        let own = self.method.bind(method.py());
        own.is(method)
            || match (own.to_str(), method.to_str()) {
                (Ok(own), Ok(method)) => own == method,
                _ => false,
            }
    }

    /// Whether all parameters are plain scalars, and none is rewritten by botocore.
    pub(super) fn takes(&self, params: &Bound<'_, PyDict>) -> PyResult<bool> {
        let py = params.py();
        for (name, value) in params {
            match self.kind_of(&name) {
                Some(kind) if value.get_type().is(kind) => {}
                _ => return Ok(false),
            }
        }
        match params.get_item(intern!(py, "Bucket"))? {
            Some(bucket) => self.redirector.is_plain(&bucket),
            None => Ok(true),
        }
    }

    /// The type of a member; names are mostly the very strings of the model.
    fn kind_of(&self, name: &Bound<'_, PyAny>) -> Option<&Py<PyAny>> {
        if let Some((_, kind)) = self.members.iter().find(|(known, _)| known.is(name)) {
            return Some(kind);
        }
        let name = name.cast_exact::<PyString>().ok()?;
        let string = name.to_str().ok()?;
        let is_it = |known: &Py<PyString>| {
            known
                .bind(name.py())
                .to_str()
                .is_ok_and(|known| known == string)
        };
        let (_, kind) = self.members.iter().find(|(known, _)| is_it(known))?;
        Some(kind)
    }
}

impl Redirector {
    /// Whether this is the name of a bucket that goes where its name says.
    pub(super) fn is_plain(&self, bucket: &Bound<'_, PyAny>) -> PyResult<bool> {
        let Ok(name) = bucket.cast_exact::<PyString>() else {
            return Ok(false);
        };
        if !name.to_str().is_ok_and(is_plain_bucket) {
            return Ok(false);
        }
        let py = bucket.py();
        let moved = self.0.bind(py).getattr(intern!(py, "_cache"))?;
        let Ok(moved) = moved.cast_exact::<PyDict>() else {
            return Ok(false);
        };
        Ok(moved.is_empty() || !moved.contains(bucket)?)
    }
}

impl Answers {
    pub(super) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        for served in self
            .urls
            .iter()
            .chain(self.forms.iter().map(|(served, _)| served))
        {
            served.traverse(visit)?;
        }
        for operation in &self.operations {
            for (_, kind) in &operation.members {
                visit.call(kind)?;
            }
            visit.call(&operation.redirector.0)?;
        }
        match &self.forms {
            Some((_, redirector)) => visit.call(&redirector.0),
            None => Ok(()),
        }
    }
}
