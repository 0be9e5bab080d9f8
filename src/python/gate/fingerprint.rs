//! `presigned._core.Fingerprint`: a client as it was when it was read, and the calls that the core answers until it
//! changes.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::PyTraverseError;
use pyo3::gc::PyVisit;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use super::answered::Answered;
use crate::python::compared_names::ComparedNames;
use crate::python::unchanged::Unchanged;

/// What Python has read of one client. It holds no reference to the client itself.
#[pyclass(frozen, subclass, name = "Fingerprint", module = "presigned._core")]
pub(in crate::python) struct ClientFingerprint {
    read: OnceLock<Read>,
    /// The calls that the core answers: for URLs by method, and for forms under `None`.
    answers: Py<PyDict>,
    /// Whether it never will.
    serves_none: AtomicBool,
}

struct Read {
    /// In the client's own `__dict__`.
    own: ComparedNames,
    /// All other dicts and names.
    others: Py<Unchanged>,
}

#[pymethods]
impl ClientFingerprint {
    /// Takes whatever a subclass is made with.
    #[new]
    #[pyo3(signature = (*arguments, **_named))]
    fn new(arguments: &Bound<'_, PyTuple>, _named: Option<&Bound<'_, PyDict>>) -> Self {
        Self {
            read: OnceLock::new(),
            answers: PyDict::new(arguments.py()).unbind(),
            serves_none: AtomicBool::new(false),
        }
    }

    /// Sets what was read, once: names and objects of the client's own dict, how many names that
    /// must have, and what else must be unchanged.
    #[pyo3(signature = (own, own_size, others, /))]
    fn set_read(&self, own: Vec<(Py<PyAny>, Py<PyAny>)>, own_size: usize, others: Py<Unchanged>) {
        let own = ComparedNames::new(Some(own_size), own);
        drop(self.read.set(Read { own, others }));
    }

    /// Whether a client, whose `__dict__` this is, still has the same parts.
    #[pyo3(signature = (names, /))]
    fn is_made_of(&self, names: &Bound<'_, PyDict>) -> bool {
        let Some(read) = self.read.get() else {
            return false;
        };
        read.own.are_in(names) && read.others.get().is_so(names.py())
    }

    /// From now on the core answers plain calls: those for URLs of a method, or those for forms.
    #[pyo3(signature = (answered, method=None, /))]
    fn serve(&self, answered: &Bound<'_, Answered>, method: Option<&Bound<'_, PyString>>) -> PyResult<()> {
        let answers = self.answers.bind(answered.py());
        answers.set_item(method, answered)?;
        if self.serves_none.load(Ordering::Relaxed) {
            answers.clear();
        }
        Ok(())
    }

    /// Leaves all calls to Python, for good.
    fn serve_none(&self, py: Python<'_>) {
        self.serves_none.store(true, Ordering::Relaxed);
        self.answers.bind(py).clear();
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.answers)?;
        let Some(read) = self.read.get() else {
            return Ok(());
        };
        visit.call(&read.others)?;
        read.own.traverse(&visit)
    }
}

impl ClientFingerprint {
    /// The calls of a method that the core answers, or those for forms, if nothing has changed.
    pub(super) fn answered<'py>(
        &self,
        names: &Bound<'py, PyDict>,
        method: Option<&Bound<'py, PyAny>>,
        is_plain: impl FnOnce(&Answered) -> PyResult<bool>,
    ) -> PyResult<Option<Bound<'py, Answered>>> {
        let py = names.py();
        let Some(found) = self.answers.bind(py).get_item(method)? else {
            return Ok(None);
        };
        let one = found.cast_into::<Answered>()?;
        let is_it = self.is_made_of(names) && is_plain(one.get())? && one.get().is_current(py);
        Ok(is_it.then_some(one))
    }
}
