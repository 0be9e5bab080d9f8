//! A client that has become a boto3 client: for each call, its gate decides whether the core may answer.
//!
//! `presigned._boto3.gate` is the gate. It is asked in Python unless nothing has changed since it was asked
//! for such a call.

use std::sync::OnceLock;

use pyo3::prelude::*;
use pyo3::types::{IntoPyDict as _, PyTuple};

use super::arguments::{Function, Given};
use super::gate::Answered;

/// The object to ask before the core presigns; empty until the client has become a boto3 client, which it does once.
#[derive(Default)]
pub(super) struct Promoted(pub(super) OnceLock<Py<PyAny>>);

impl Promoted {
    /// The answer of boto3's client to a call, or `None` if the core must answer.
    #[inline]
    pub(super) fn answer<'a, 'py, const N: usize>(
        &self,
        py: Python<'py>,
        function: &Function<N>,
        given: &[Given<'a, 'py>; N],
        threads: Given<'_, 'py>,
        covered: Covered<'a, 'py, N>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        match self.0.get() {
            None => Ok(None),
            Some(gate) => asked(gate.bind(py), function, given, threads, covered),
        }
    }
}

/// What answers a call without asking the gate, if something does.
type Covered<'a, 'py, const N: usize> =
    fn(&Bound<'py, PyAny>, &[Given<'a, 'py>; N]) -> PyResult<Option<Bound<'py, Answered>>>;

/// Arguments that were left out stay out, so that the defaults are those of the function that is called.
#[inline(never)]
fn asked<'a, 'py, const N: usize>(
    gate: &Bound<'py, PyAny>,
    function: &Function<N>,
    given: &[Given<'a, 'py>; N],
    threads: Given<'_, 'py>,
    covered: Covered<'a, 'py, N>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let one = covered(gate, given)?;
    let core = one.as_ref().map(|one| one.get().core.as_ref());
    let answers = match core {
        Some(None) => return Ok(None),
        Some(Some(core)) => core.bind(gate.py()).as_any(),
        None => gate,
    };
    let named = function.arguments.iter().zip(given);
    let named = named.chain([(&"threads", &threads)]);
    let named = named.filter_map(|(name, given)| Some((name, given.0?)));
    let named = named.into_py_dict(gate.py())?;
    let answer = answers.getattr(function.name)?;
    let answer = answer.call(PyTuple::empty(gate.py()), Some(&named))?;
    Ok((!answer.is_none()).then_some(answer))
}
