//! Attributes of a client that Python makes when they are asked for.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::unusual::ask;
use crate::model::operations::OPERATIONS;

const LATER: &str = "presigned._client.later";

/// An attribute that `presigned._client.later` reads, sets and deletes.
///
/// `__getattr__` would do the same, and make each call of a method a third slower: Python looks
/// methods up faster in a class without it. These are made in Rust: 130 of them in Python would take
/// a tenth of the time to the first URL.
#[pyclass(frozen, module = "presigned._core")]
pub(super) struct Later {
    name: Py<PyString>,
}

#[pymethods]
impl Later {
    #[new]
    #[pyo3(signature = (name, /))]
    fn new(name: Py<PyString>) -> Self {
        Self { name }
    }

    fn __get__<'py>(
        &self,
        py: Python<'py>,
        client: Option<&Bound<'py, PyAny>>,
        owner: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        ask(py, LATER, "attribute", (client, owner, &self.name))
    }

    /// Once there is a boto3 client, attributes are set on it: it reads its own attributes.
    fn __set__(&self, client: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let given = (client, &self.name, value);
        ask(client.py(), LATER, "set_attribute", given).map(|_: Bound<'_, PyAny>| ())
    }

    fn __delete__(&self, client: &Bound<'_, PyAny>) -> PyResult<()> {
        let given = (client, &self.name);
        ask(client.py(), LATER, "delete_attribute", given).map(|_: Bound<'_, PyAny>| ())
    }
}

/// The operations of the model, which are methods of boto3's client, as attributes of a class; and `others`.
#[pyfunction]
#[pyo3(signature = (others, /))]
pub(super) fn methods_later<'py>(py: Python<'py>, others: Vec<Bound<'py, PyString>>) -> PyResult<Bound<'py, PyDict>> {
    let attributes = PyDict::new(py);
    let operations = OPERATIONS
        .iter()
        .map(|operation| PyString::intern(py, operation.method_name));
    for name in operations.chain(others) {
        let later = Bound::new(py, Later::new(name.clone().unbind()))?;
        attributes.set_item(name, later)?;
    }
    Ok(attributes)
}
