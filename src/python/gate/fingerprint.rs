//! `presigned._core.Fingerprint`: a client as it was when it was read, and the calls that the core answers until it
//! changes.

use std::sync::{Mutex, MutexGuard, OnceLock, TryLockError};

use pyo3::PyTraverseError;
use pyo3::gc::PyVisit;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use super::answered::Answered;
use crate::python::client::Client;
use crate::python::unchanged::{Unchanged, holds};

/// What Python has read of one client. It holds no reference to the client itself.
#[pyclass(frozen, subclass, name = "Fingerprint", module = "presigned._core")]
pub(in crate::python) struct ClientFingerprint {
    read: OnceLock<Read>,
    /// The calls that the core answers; `None` if it never will.
    // No thread waits for it: a call that finds it taken is looked at by Python.
    answered: Mutex<Option<Vec<Answered>>>,
}

struct Read {
    /// In the client's own `__dict__`, these must be the same objects.
    own: Vec<(Py<PyString>, Py<PyAny>)>,
    /// How many names that dict must have.
    own_size: usize,
    /// All other dicts and names.
    others: Py<Unchanged>,
}

#[pymethods]
impl ClientFingerprint {
    /// Takes whatever a subclass is made with.
    #[new]
    #[pyo3(signature = (*_arguments, **_named))]
    fn new(_arguments: &Bound<'_, PyTuple>, _named: Option<&Bound<'_, PyDict>>) -> Self {
        Self {
            read: OnceLock::new(),
            answered: Mutex::new(Some(Vec::new())),
        }
    }

    /// Sets what was read, once: names and objects of the client's own dict, how many names that
    /// must have, and what else must be unchanged.
    #[pyo3(signature = (own, own_size, others, /))]
    fn set_read(
        &self,
        own: Vec<(Py<PyString>, Py<PyAny>)>,
        own_size: usize,
        others: Py<Unchanged>,
    ) {
        drop(self.read.set(Read {
            own,
            own_size,
            others,
        }));
    }

    /// Whether a client, whose `__dict__` this is, still has the same parts.
    #[pyo3(signature = (names, /))]
    fn is_made_of(&self, names: &Bound<'_, PyDict>) -> bool {
        let Some(read) = self.read.get() else {
            return false;
        };
        names.len() == read.own_size
            && read
                .own
                .iter()
                .all(|(name, value)| holds(names, name, value))
            && read.others.get().is_so(names.py())
    }

    /// From now on `core` answers plain calls while `names` are unchanged: those for URLs of an
    /// operation, whose members must have these types, or those for forms.
    #[pyo3(signature = (core, names, redirector, method=None, members=Vec::new(), /))]
    fn serve(
        &self,
        py: Python<'_>,
        core: Py<Client>,
        names: Py<Unchanged>,
        redirector: Py<PyAny>,
        method: Option<Py<PyString>>,
        members: Vec<(Py<PyString>, Py<PyAny>)>,
    ) {
        let mut locked = self.answered();
        let Some(Some(answered)) = locked.as_deref_mut() else {
            return;
        };
        let new = Answered {
            method,
            members,
            redirector,
            core,
            names,
        };
        let method = new.method.as_ref().map(|method| method.bind(py));
        let place = answered.iter().position(|known| known.is_by(method));
        let before = place.map(|place| answered.swap_remove(place));
        answered.push(new);
        drop(locked);
        drop(before);
    }

    /// Leaves all calls to Python, for good.
    fn serve_none(&self) {
        let before = self.answered().and_then(|mut answered| answered.take());
        drop(before);
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        if let Some(read) = self.read.get() {
            visit.call(&read.others)?;
            for (_, value) in &read.own {
                visit.call(value)?;
            }
        }
        match self.answered().as_deref() {
            Some(Some(all)) => all.iter().try_for_each(|one| one.traverse(&visit)),
            _ => Ok(()),
        }
    }
}

impl ClientFingerprint {
    /// What presigns, if nothing has changed: a URL by a `method`, or a form. `has_plain` says whether
    /// the values are plain.
    pub(super) fn core(
        &self,
        names: &Bound<'_, PyDict>,
        method: Option<&Bound<'_, PyString>>,
        has_plain: impl FnOnce(&Answered) -> PyResult<bool>,
    ) -> PyResult<Option<Py<Client>>> {
        let locked = self.answered();
        let all = locked.as_deref().and_then(Option::as_ref);
        let one = all.and_then(|all| all.iter().find(|one| one.is_by(method)));
        match one {
            Some(one) if self.is_made_of(names) && has_plain(one)? => Ok(one.core(names.py())),
            _ => Ok(None),
        }
    }

    fn answered(&self) -> Option<MutexGuard<'_, Option<Vec<Answered>>>> {
        match self.answered.try_lock() {
            Ok(answered) => Some(answered),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}
