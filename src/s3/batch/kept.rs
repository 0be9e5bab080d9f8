//! Keeps the latest plans of one client, so that small batches of one second share them.

use std::ptr;
use std::sync::{Arc, Mutex, PoisonError};

use super::plan::{Plan, Planned};
use crate::clock::Timestamp;
use crate::model::{Member, Operation, ParamName};
use crate::s3::{Call, Presigner};

/// More kinds of batches than one client makes at a time; the oldest goes first.
const LIMIT: usize = 16;

/// The plans that one client made last. All threads may share it.
///
/// All that bears on a plan is compared: what was asked for, the second, and the credentials.
#[derive(Default)]
pub struct KeptPlans(Mutex<Vec<Kept>>);

#[derive(Clone)]
struct Kept {
    operation: &'static Operation,
    parts: Arc<[Part]>,
    http_method: Option<Box<str>>,
    expires_in: i64,
    now: Timestamp,
    plan: Arc<Plan>,
}

/// A parameter of a plan that is kept.
#[derive(PartialEq)]
struct Part {
    name: &'static str,
    value: Value,
}

#[derive(PartialEq)]
enum Value {
    Text(Box<str>),
    Number(i64),
    Column,
}

impl KeptPlans {
    /// The plan of these parameters, as [`Plan::new`] makes it, or has made it in this second.
    ///
    /// The constants must be whole numbers or texts, and print as what they are.
    pub fn plan(
        &self,
        presigner: &Presigner,
        operation: &'static Operation,
        planned: &[Planned<'_>],
        call: &dyn Call,
    ) -> Option<Arc<Plan>> {
        let is_like = |kept: &Kept| kept.is_like(operation, planned);
        let mut is_known = false;
        // Python may run when it is asked for the rest, and the lock is not held then.
        for kept in self.all(is_like) {
            is_known = true;
            if kept.is_good(presigner, call)? {
                return Some(kept.plan);
            }
        }
        let plan = Arc::new(Plan::new(presigner, operation, planned, call)?);
        let parts: Option<Arc<[Part]>> = planned.iter().map(Part::of).collect();
        let Some(parts) = parts else {
            return Some(plan);
        };
        let new = Kept {
            operation,
            parts,
            http_method: call.http_method().ok()?.map(Into::into),
            expires_in: call.expires_in().ok()?,
            now: call.now().ok()?,
            plan: Arc::clone(&plan),
        };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if is_known {
            // Those of another second are of no use any more.
            all.retain(|kept| !kept.is_like(operation, planned) || kept.now == new.now);
        }
        if all.len() == LIMIT {
            all.remove(0);
        }
        all.push(new);
        Some(plan)
    }

    fn all(&self, is_like: impl Fn(&Kept) -> bool) -> Vec<Kept> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().filter(|kept| is_like(kept)).cloned().collect()
    }
}

impl Kept {
    fn is_like(&self, operation: &'static Operation, planned: &[Planned<'_>]) -> bool {
        ptr::eq(self.operation, operation)
            && self.parts.len() == planned.len()
            && self
                .parts
                .iter()
                .zip(planned)
                .all(|(part, one)| part.is(one))
    }

    /// Whether the rest of what the plan was made of is what a call says; `None` if that cannot
    /// be said.
    fn is_good(&self, presigner: &Presigner, call: &dyn Call) -> Option<bool> {
        let is_asked_for = call.http_method().ok()? == self.http_method.as_deref()
            && call.expires_in().ok()? == self.expires_in
            && call.now().ok()? == self.now;
        if !is_asked_for {
            return Some(false);
        }
        let credentials = presigner.credentials.credentials().ok()??;
        let known = self.plan.key.credentials();
        Some(ptr::eq(known, Arc::as_ptr(&credentials)) || known.same_as(&credentials))
    }
}

impl Part {
    /// `None` if the value is neither a text nor a small number.
    fn of(planned: &Planned<'_>) -> Option<Self> {
        Some(match planned {
            Planned::Column(Member { name, .. }, _) => Self {
                name,
                value: Value::Column,
            },
            Planned::Constant(param) => {
                let ParamName::Known(member) = param.name else {
                    return None;
                };
                let value = match param.text {
                    Some(text) => Value::Text(text.into()),
                    None => Value::Number(param.value.small_integer()?),
                };
                Self {
                    name: member.name,
                    value,
                }
            }
        })
    }

    fn is(&self, planned: &Planned<'_>) -> bool {
        match (&self.value, planned) {
            (Value::Column, Planned::Column(member, _)) => member.name == self.name,
            (Value::Text(known), Planned::Constant(param)) => {
                param.is(self.name) && param.text == Some(known)
            }
            (Value::Number(known), Planned::Constant(param)) => {
                param.is(self.name)
                    && param.text.is_none()
                    && param.value.small_integer() == Some(*known)
            }
            _ => false,
        }
    }
}
