//! Lets the layers below read Python objects as parameter values, without knowing of Python.

use std::borrow::Cow;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{
    PyBool, PyByteArray, PyBytes, PyDict, PyFloat, PyInt, PyList, PyMemoryView, PyString, PyTuple,
};
use smallvec::SmallVec;

use super::errors::foreign;
use crate::error::Error;
use crate::model::{Input, Kind, Look};
use crate::surrogate;

/// A Python object as a parameter value.
#[derive(Clone, Copy)]
pub(super) struct PyInput<'a, 'py>(pub(super) &'a Bound<'py, PyAny>);

impl Input for PyInput<'_, '_> {
    fn kind(&self) -> Kind {
        let object = self.0;
        // By far the most are of these very classes, and comparing classes costs no call.
        if object.is_exact_instance_of::<PyString>() {
            Kind::Text
        } else if object.is_exact_instance_of::<PyDict>() {
            Kind::Map
        } else if object.is_exact_instance_of::<PyList>() {
            Kind::List
        } else if object.is_exact_instance_of::<PyInt>() {
            Kind::Int
        } else if object.is_instance_of::<PyString>() {
            Kind::Text
        } else if object.is_none() {
            Kind::Null
        } else if object.is_instance_of::<PyBool>() {
            Kind::Bool
        } else if object.is_instance_of::<PyInt>() {
            Kind::Int
        } else if object.is_instance_of::<PyDict>() {
            Kind::Map
        } else if object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() {
            Kind::List
        } else if object.is_instance_of::<PyFloat>() {
            Kind::Float
        } else if object.is_instance_of::<PyBytes>() || object.is_instance_of::<PyByteArray>() {
            Kind::Bytes
        } else if object.hasattr("read").unwrap_or(false) {
            Kind::Stream
        } else {
            Kind::Other
        }
    }

    fn look(&self) -> Look<'_> {
        if let Ok(text) = self.0.cast_exact::<PyString>() {
            let text = text.to_str().ok();
            return Look {
                kind: Kind::Text,
                text,
                is_plain: text.is_some(),
            };
        }
        let kind = self.kind();
        Look {
            kind,
            text: utf8(self.0),
            is_plain: false,
        }
    }

    fn text(&self) -> Result<&str, Error> {
        let text = match self.0.cast_exact::<PyString>() {
            Ok(text) => text,
            Err(_) => self.0.cast::<PyString>().map_err(foreign)?,
        };
        text.to_str().map_err(foreign)
    }

    fn plain_text(&self) -> Option<&str> {
        utf8(self.0)
    }

    fn carried_text(&self) -> Result<Cow<'_, str>, Error> {
        let text = self.0.cast::<PyString>().map_err(foreign)?;
        carried(text).map_err(foreign)
    }

    fn is_falsy(&self) -> Result<bool, Error> {
        self.0.is_truthy().map(|truth| !truth).map_err(foreign)
    }

    fn length(&self) -> Result<usize, Error> {
        self.0.len().map_err(foreign)
    }

    fn is_below(&self, min: i64) -> Result<bool, Error> {
        self.0.lt(min).map_err(foreign)
    }

    fn bytes(&self) -> Result<Vec<u8>, Error> {
        if let Ok(text) = self.0.cast::<PyString>() {
            return text
                .to_str()
                .map(|text| text.as_bytes().to_vec())
                .map_err(foreign);
        }
        // bytes() of an int would make zeros: only what has a buffer is taken.
        let view = PyMemoryView::from(self.0).map_err(foreign)?;
        let bytes = view.call_method0("tobytes").map_err(foreign)?;
        let bytes = bytes.cast::<PyBytes>().map_err(foreign)?;
        Ok(bytes.as_bytes().to_vec())
    }

    fn is_empty_stream(&self) -> Result<bool, Error> {
        let stream = self.0;
        let look = || -> PyResult<bool> {
            let position = stream.call_method0("tell")?;
            let first = stream.call_method1("read", (1,))?;
            stream.call_method1("seek", (position,))?;
            Ok(!first.is_truthy()?)
        };
        // What cannot be looked into without using it up counts as a body.
        Ok(look().unwrap_or(false))
    }

    fn shown(&self) -> Result<String, Error> {
        // As an f-string has it, which up to Python 3.10 differs from `str` for some enumerations.
        static FORMAT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let format = FORMAT
            .import(self.0.py(), "builtins", "format")
            .map_err(foreign)?;
        let text = format.call1((self.0,)).map_err(foreign)?;
        let text = text.cast::<PyString>().map_err(foreign)?;
        lossless(text).map(Cow::into_owned).map_err(foreign)
    }

    fn printed(&self) -> Result<Cow<'_, str>, Error> {
        if self.0.is_exact_instance_of::<PyString>() {
            return self.carried_text();
        }
        // A subclass of str may print otherwise.
        let text = self.0.str().map_err(foreign)?;
        let text = carried(&text).map_err(foreign)?;
        Ok(Cow::Owned(text.into_owned()))
    }

    fn code_points(&self) -> Result<Vec<u32>, Error> {
        let encoded = self
            .0
            .call_method1("encode", ("utf-32-le", "surrogatepass"))
            .map_err(foreign)?;
        let encoded = encoded.cast::<PyBytes>().map_err(foreign)?;
        let (points, _) = encoded.as_bytes().as_chunks();
        Ok(points
            .iter()
            .map(|&point| u32::from_le_bytes(point))
            .collect())
    }

    fn small_integer(&self) -> Option<i64> {
        let number = self.0.cast_exact::<PyInt>().ok()?;
        number.extract().ok()
    }

    fn number(&self) -> Result<String, Error> {
        let py = self.0.py();
        let class = if self.0.is_instance_of::<PyFloat>() {
            py.get_type::<PyFloat>()
        } else {
            py.get_type::<PyInt>()
        };
        let text = class.call_method1("__repr__", (self.0,)).map_err(foreign)?;
        text.extract().map_err(foreign)
    }

    fn deep_json(&self) -> Result<String, Error> {
        let json = self.0.py().import("json").map_err(foreign)?;
        let text = json.call_method1("dumps", (self.0,)).map_err(foreign)?;
        text.extract().map_err(foreign)
    }

    fn is_tuple(&self) -> bool {
        self.0.is_exact_instance_of::<PyTuple>()
    }

    fn type_name(&self) -> String {
        let class = self.0.get_type();
        match class.str() {
            Ok(text) => text.to_string_lossy().into_owned(),
            Err(_) => format!("<class '{}'>", class.as_ptr().addr()),
        }
    }

    fn why_no_instant(&self) -> Error {
        let asked = self
            .0
            .py()
            .import("presigned._timestamps")
            .and_then(|module| module.call_method1("moment", (self.0,)));
        match asked {
            Err(raised) => foreign(raised),
            Ok(_) => Error::Value("Invalid timestamp".to_owned()),
        }
    }

    fn instant(&self) -> Result<Option<i64>, Error> {
        static WHOLE_SECONDS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let parse = WHOLE_SECONDS
            .import(self.0.py(), "presigned._timestamps", "whole_seconds")
            .map_err(foreign)?;
        parse
            .call1((self.0,))
            .and_then(|seconds| seconds.extract())
            .map_err(foreign)
    }

    fn each_item(
        &self,
        visit: &mut dyn FnMut(&dyn Input) -> Result<(), Error>,
    ) -> Result<(), Error> {
        // Visiting may run the caller's code, and that may change the list: then, as in boto3, what
        // is there when its turn comes counts.
        if let Ok(list) = self.0.cast::<PyList>() {
            list.iter().try_for_each(|item| visit(&PyInput(&item)))
        } else if let Ok(tuple) = self.0.cast::<PyTuple>() {
            tuple.iter().try_for_each(|item| visit(&PyInput(&item)))
        } else {
            Ok(())
        }
    }

    fn each_entry(
        &self,
        visit: &mut dyn FnMut(&dyn Input, &dyn Input) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let Ok(map) = self.0.cast::<PyDict>() else {
            return Ok(());
        };
        if let (1, Some((key, value))) = (map.len(), map.iter().next()) {
            return visit(&PyInput(&key), &PyInput(&value));
        }
        // Taken first: visiting may run the caller's code, and that may change the dict.
        let entries: SmallVec<[(Bound<'_, PyAny>, Bound<'_, PyAny>); 8]> = map.iter().collect();
        entries
            .iter()
            .try_for_each(|(key, value)| visit(&PyInput(key), &PyInput(value)))
    }
}

/// The text of a `str` that UTF-8 can hold.
pub(super) fn utf8<'a>(object: &'a Bound<'_, PyAny>) -> Option<&'a str> {
    let text = match object.cast_exact::<PyString>() {
        Ok(text) => text,
        Err(_) => object.cast::<PyString>().ok()?,
    };
    text.to_str().ok()
}

/// The text itself, or with its lone surrogates carried along if it has any.
pub(super) fn carried<'a>(text: &'a Bound<'_, PyString>) -> PyResult<Cow<'a, str>> {
    match text.to_str() {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(_) => Ok(Cow::Owned(surrogate::carry(code_points(text)?))),
    }
}

/// The text as one that [`restored`] turns back, whatever it holds: for error messages.
pub(super) fn lossless<'a>(text: &'a Bound<'_, PyString>) -> PyResult<Cow<'a, str>> {
    match text.to_str() {
        Ok(text) if !surrogate::is_marked(text) => Ok(Cow::Borrowed(text)),
        _ => Ok(Cow::Owned(surrogate::carry(code_points(text)?))),
    }
}

/// The text as Python has it, with the lone surrogates that it carries.
pub(super) fn restored<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    if !surrogate::is_marked(text) {
        return Ok(PyString::new(py, text).into_any());
    }
    let encoded: Vec<u8> = surrogate::restore(text)
        .flat_map(u32::to_le_bytes)
        .collect();
    PyBytes::new(py, &encoded).call_method1("decode", ("utf-32-le", "surrogatepass"))
}

fn code_points(text: &Bound<'_, PyAny>) -> PyResult<Vec<u32>> {
    let encoded = text.call_method1("encode", ("utf-32-le", "surrogatepass"))?;
    let (points, _) = encoded.cast::<PyBytes>()?.as_bytes().as_chunks();
    Ok(points
        .iter()
        .map(|&point| u32::from_le_bytes(point))
        .collect())
}
