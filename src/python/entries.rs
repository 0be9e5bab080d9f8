//! Takes the entries of mappings apart as Python does.

use pyo3::exceptions::PyValueError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// The two items of one, as Python takes them apart in `for key, value in ...`.
pub(super) fn pair<'py>(
    item: &Bound<'py, PyAny>,
) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
    if let Ok(tuple) = item.cast_exact::<PyTuple>()
        && tuple.len() == 2
    {
        return tuple.extract();
    }
    let mut parts = item.try_iter()?;
    let (first, second) = (parts.next().transpose()?, parts.next().transpose()?);
    if parts.next().transpose()?.is_some() {
        let text = "too many values to unpack (expected 2)";
        return Err(PyValueError::new_err(text));
    }
    let given = usize::from(first.is_some()) + usize::from(second.is_some());
    first.zip(second).ok_or_else(|| {
        let text = format!("not enough values to unpack (expected 2, got {given})");
        PyValueError::new_err(text)
    })
}

/// The items of a mapping by its own method.
pub(super) fn items<'py, T: FromIterator<(Bound<'py, PyAny>, Bound<'py, PyAny>)>>(
    mapping: &Bound<'py, PyAny>,
) -> PyResult<T> {
    let items = mapping.call_method0(intern!(mapping.py(), "items"))?;
    items.try_iter()?.map(|item| pair(&item?)).collect()
}

/// The same as Python's JSON takes them apart.
pub(super) fn json_pair<'py>(
    item: &Bound<'py, PyAny>,
) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
    match item.cast::<PyTuple>() {
        Ok(pair) if pair.len() == 2 => pair.extract(),
        _ => Err(PyValueError::new_err("items must return 2-tuples")),
    }
}
