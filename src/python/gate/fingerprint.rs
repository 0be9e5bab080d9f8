//! `presigned._core.Fingerprint`: a client as it was when it was read, and the calls that the core answers until it
//! changes.

use std::sync::{Mutex, MutexGuard, OnceLock, TryLockError};

use pyo3::PyTraverseError;
use pyo3::gc::PyVisit;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use super::answers::{Answers, Redirector, Served, UrlOperation};
use super::whole::WholeDict;
use crate::python::client::Client;
use crate::python::unchanged::Unchanged;

/// What Python has read of one client. It holds no reference to the client itself.
#[pyclass(frozen, subclass, module = "presigned._core")]
pub(in crate::python) struct Fingerprint {
    read: OnceLock<Read>,
    // No thread waits for it: a call that finds it taken is looked at by Python.
    answers: Mutex<Answers>,
}

struct Read {
    /// In the client's own `__dict__`, these must be the same objects.
    own: Vec<(Py<PyString>, Py<PyAny>)>,
    /// How many names that dict must have.
    own_size: usize,
    /// Dicts in which every name must keep its object.
    whole: Vec<WholeDict>,
    /// All other dicts and names.
    others: Py<Unchanged>,
}

#[pymethods]
impl Fingerprint {
    /// Takes whatever a subclass is made with.
    #[new]
    #[pyo3(signature = (*_arguments, **_named))]
    fn new(_arguments: &Bound<'_, PyTuple>, _named: Option<&Bound<'_, PyDict>>) -> Self {
        Self {
            read: OnceLock::new(),
            answers: Mutex::default(),
        }
    }

    /// Sets what was read, once: names and objects of the client's own dict, how many names that
    /// must have, dicts that must stay as they are, and what else must be unchanged.
    #[pyo3(signature = (own, own_size, whole, others, /))]
    fn set_read(
        &self,
        own: Vec<(Py<PyString>, Py<PyAny>)>,
        own_size: usize,
        whole: Vec<Bound<'_, PyDict>>,
        others: Py<Unchanged>,
    ) {
        drop(self.read.set(Read {
            own,
            own_size,
            whole: whole.into_iter().map(WholeDict::new).collect(),
            others,
        }));
    }

    /// Whether a client, whose `__dict__` this is, still has the same parts.
    #[pyo3(signature = (names, /))]
    fn is_made_of(&self, names: &Bound<'_, PyDict>) -> PyResult<bool> {
        let Some(read) = self.read.get() else {
            return Ok(false);
        };
        if names.len() != read.own_size {
            return Ok(false);
        }
        for (name, value) in &read.own {
            if !names.get_item(name)?.is_some_and(|found| found.is(value)) {
                return Ok(false);
            }
        }
        let py = names.py();
        Ok(read.whole.iter().all(|dict| dict.is_so(py)) && read.others.get().is_so(py)?)
    }

    /// From now on `core` answers plain calls for URLs of an operation, while `names` are unchanged.
    #[pyo3(signature = (core, names, method, members, redirector, /))]
    fn serve_urls(
        &self,
        core: Py<Client>,
        names: Py<Unchanged>,
        method: &Bound<'_, PyString>,
        members: Vec<(Py<PyString>, Py<PyAny>)>,
        redirector: Py<PyAny>,
    ) {
        let Some(mut answers) = self.answers() else {
            return;
        };
        if answers.is_closed {
            return;
        }
        let before = answers.urls.replace(Served { core, names });
        if !answers.operations.iter().any(|one| one.is_of(method)) {
            answers.operations.push(UrlOperation {
                method: method.clone().unbind(),
                members,
                redirector: Redirector(redirector),
            });
        }
        drop(answers);
        drop(before);
    }

    /// The same for forms.
    #[pyo3(signature = (core, names, redirector, /))]
    fn serve_forms(&self, core: Py<Client>, names: Py<Unchanged>, redirector: Py<PyAny>) {
        let Some(mut answers) = self.answers() else {
            return;
        };
        if answers.is_closed {
            return;
        }
        let before = answers
            .forms
            .replace((Served { core, names }, Redirector(redirector)));
        drop(answers);
        drop(before);
    }

    /// Leaves all calls to Python, for good.
    fn serve_none(&self) {
        if let Some(mut answers) = self.answers() {
            let before = std::mem::replace(
                &mut *answers,
                Answers {
                    is_closed: true,
                    ..Answers::default()
                },
            );
            drop(answers);
            drop(before);
        }
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        if let Some(read) = self.read.get() {
            visit.call(&read.others)?;
            for dict in &read.whole {
                dict.traverse(&visit)?;
            }
            for (_, value) in &read.own {
                visit.call(value)?;
            }
        }
        match self.answers() {
            Some(answers) => answers.traverse(&visit),
            None => Ok(()),
        }
    }
}

impl Fingerprint {
    /// What presigns a URL, if nothing has changed and all values are plain.
    pub(super) fn core_of_url(
        &self,
        names: &Bound<'_, PyDict>,
        method: &Bound<'_, PyAny>,
        params: &Bound<'_, PyAny>,
    ) -> PyResult<Option<Py<Client>>> {
        let Ok(method) = method.cast_exact::<PyString>() else {
            return Ok(None);
        };
        let Some(answers) = self.answers() else {
            return Ok(None);
        };
        let (Some(urls), Some(operation)) = (
            &answers.urls,
            answers.operations.iter().find(|one| one.is_of(method)),
        ) else {
            return Ok(None);
        };
        if !self.is_made_of(names)? {
            return Ok(None);
        }
        if !params.is_none() {
            match params.cast_exact::<PyDict>() {
                Ok(params) if operation.takes(params)? => {}
                _ => return Ok(None),
            }
        }
        urls.core_if_unchanged(names.py())
    }

    /// What presigns a form for a bucket, in the same way.
    pub(super) fn core_of_form(
        &self,
        names: &Bound<'_, PyDict>,
        bucket: &Bound<'_, PyAny>,
    ) -> PyResult<Option<Py<Client>>> {
        let Some(answers) = self.answers() else {
            return Ok(None);
        };
        let Some((served, redirector)) = &answers.forms else {
            return Ok(None);
        };
        if !(self.is_made_of(names)? && redirector.is_plain(bucket)?) {
            return Ok(None);
        }
        served.core_if_unchanged(names.py())
    }

    fn answers(&self) -> Option<MutexGuard<'_, Answers>> {
        match self.answers.try_lock() {
            Ok(answers) => Some(answers),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}
