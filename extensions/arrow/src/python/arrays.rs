//! Takes the arrays that an object offers, and refuses broken ones.
//!
//! In the C data interface a producer passes addresses and lengths, and arrow-rs trusts them: it reads
//! the memory there, or panics. So the structures are checked before their addresses are followed
//! (`presigned._client.arrow_structs`), and the values are checked before they are read. The interface does
//! not contain the sizes of buffers: pyarrow knows those of its own arrays, and also checks streams.

use std::panic::{self, AssertUnwindSafe};

use arrow_array::{Array as _, ArrayRef};
use arrow_schema::ArrowError;
use pyo3::exceptions::{PyMemoryError, PyNotImplementedError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyTuple};
use pyo3_arrow::{PyArray, PyArrayReader};

/// The arrays of the column that an object offers.
pub(super) fn of(column: &Bound<'_, PyAny>, most_rows: usize) -> PyResult<Vec<ArrayRef>> {
    let column = checked_by_pyarrow(column)?;
    let py = column.py();
    if column.hasattr(intern!(py, "__arrow_c_array__"))? {
        let offered = column.call_method0(intern!(py, "__arrow_c_array__"))?;
        let array = whole(imported(&offered, most_rows)?, most_rows)?;
        return Ok(vec![array]);
    }
    let offered = column.call_method0(intern!(py, "__arrow_c_stream__"))?;
    let stream = offered.cast::<PyCapsule>().map_err(|_| {
        let class = offered.get_type();
        broken(&format!("__arrow_c_stream__ gives {class}, and no capsule"))
    })?;
    let reader = unbroken(|| PyArrayReader::from_arrow_pycapsule(stream)?.into_reader())?;
    let mut reader = reader.map_err(|error| broken(&error.value(py).to_string()))?;
    let (mut arrays, mut rows) = (Vec::new(), 0);
    while let Some(array) = unbroken(|| reader.next())? {
        let array = whole(array.map_err(|error| refused(&error))?, most_rows - rows)?;
        rows += array.len();
        arrays.push(array);
        // A stream need not end.
        py.check_signals()?;
    }
    Ok(arrays)
}

/// The array behind the two capsules that `__arrow_c_array__` gives.
fn imported(offered: &Bound<'_, PyAny>, most_rows: usize) -> PyResult<ArrayRef> {
    let py = offered.py();
    let capsules = || {
        let pair = offered.cast::<PyTuple>().ok().filter(|pair| pair.len() == 2)?;
        let capsule = |at| pair.get_item(at).ok()?.cast_into::<PyCapsule>().ok();
        capsule(0).zip(capsule(1))
    };
    let Some((schema, array)) = capsules() else {
        return Err(broken("__arrow_c_array__ gives no pair of capsules"));
    };
    // Safe Rust cannot check these structures.
    let fault = py
        .import(intern!(py, "presigned._client.arrow_structs"))?
        .call_method1(intern!(py, "fault"), (&schema, &array, most_rows));
    let fault = fault.map_err(|error| broken(&error.value(py).to_string()))?;
    if !fault.is_none() {
        return Err(broken(&fault.to_string()));
    }
    let array = unbroken(|| PyArray::from_arrow_pycapsule(&schema, &array))?;
    let (array, _) = array
        .map_err(|error| broken(&error.value(py).to_string()))?
        .into_inner();
    Ok(array)
}

/// The array, if its content fits its type and it is not too long.
fn whole(array: ArrayRef, most_rows: usize) -> PyResult<ArrayRef> {
    if array.len() > most_rows {
        return Err(PyValueError::new_err(format!(
            "{} rows, at most {most_rows} are allowed: presign them by several calls",
            array.len()
        )));
    }
    unbroken(|| array.to_data().validate_full())?.map_err(|error| refused(&error))?;
    Ok(array)
}

/// The column, after pyarrow has checked it, if it is one of pyarrow's or a stream.
fn checked_by_pyarrow<'py>(column: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = column.py();
    let modules = py.import(intern!(py, "sys"))?.getattr(intern!(py, "modules"))?;
    let Ok(pyarrow) = modules.get_item(intern!(py, "pyarrow")) else {
        return Ok(column.clone());
    };
    let module = column.get_type().module()?.to_string();
    let own = match module.split('.').next() {
        Some("pyarrow") => column.clone(),
        // Made in Rust, from arrays whose sizes are known.
        Some("polars") => return Ok(column.clone()),
        _ if column.hasattr(intern!(py, "__arrow_c_array__"))? => return Ok(column.clone()),
        _ => match pyarrow.call_method1(intern!(py, "chunked_array"), (column,)) {
            Ok(own) => own,
            Err(error) if error.is_instance_of::<PyNotImplementedError>(py) => {
                return Ok(column.clone());
            }
            Err(error) => return Err(refused_by(&pyarrow, error)),
        },
    };
    let options = PyDict::new(py);
    options.set_item("full", true)?;
    match own.call_method("validate", (), Some(&options)) {
        Ok(_) => Ok(own),
        Err(error) => Err(refused_by(&pyarrow, error)),
    }
}

/// pyarrow's error about a broken array becomes a `ValueError`, independently of its class.
fn refused_by(pyarrow: &Bound<'_, PyAny>, error: PyErr) -> PyErr {
    let py = pyarrow.py();
    let is_refusal = pyarrow
        .getattr(intern!(py, "ArrowException"))
        .is_ok_and(|class| error.matches(py, class).unwrap_or_default())
        && !error.is_instance_of::<PyMemoryError>(py);
    if is_refusal {
        broken(&error.value(py).to_string())
    } else {
        error
    }
}

/// The result of the work. A panic of arrow-rs about a broken array becomes a `ValueError`.
pub(super) fn unbroken<T>(work: impl FnOnce() -> T) -> PyResult<T> {
    // The values that a panic leaves behind are dropped here.
    panic::catch_unwind(AssertUnwindSafe(work))
        .map_err(|_| broken("it lacks buffers of its type, or was taken by another consumer before"))
}

/// Keeps panics from writing to stderr: all are caught. The hook is this library's own.
pub(super) fn keep_panics_quiet() {
    panic::set_hook(Box::new(|_| {}));
}

fn broken(what: &str) -> PyErr {
    PyValueError::new_err(format!(
        "a broken Arrow array ({what}): create it again, or give a list"
    ))
}

fn refused(error: &ArrowError) -> PyErr {
    broken(&error.to_string())
}
