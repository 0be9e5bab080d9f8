//! Keeps the latest plans of one client, so that small batches of one second share them.

use std::ptr;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Plan, Planned};
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
        // Python may run when it is asked for the rest, and the lock is not held then.
        for kept in self.all(is_like) {
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
        // Those of another second are of no use any more.
        all.retain(|kept| kept.now == new.now);
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
        Some(Arc::ptr_eq(known, &credentials) || known.same_as(&credentials))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::{Credentials, Secret, StaticCredentials};
    use crate::error::Error;
    use crate::model::{Param, operations};
    use crate::rules;
    use crate::s3::Settings;
    use crate::s3::batch::Column;
    use crate::s3::endpoint::{self, Requested};
    use crate::s3::made::Made;

    /// A call in this second.
    struct At(i64);

    impl Call for At {
        fn idempotency_token(&self) -> Result<String, Error> {
            Ok(String::new())
        }

        fn http_method(&self) -> Result<Option<&str>, Error> {
            Ok(None)
        }

        fn expires_in(&self) -> Result<i64, Error> {
            Ok(60)
        }

        fn expires_at(&self) -> Result<String, Error> {
            Ok(String::new())
        }

        fn now(&self) -> Result<Timestamp, Error> {
            Timestamp::new(self.0).ok_or(Error::NoCredentials)
        }
    }

    fn presigner() -> Presigner {
        let region = "us-west-2";
        let settings = Settings {
            endpoint: endpoint::Settings {
                builtins: vec![("Region".to_owned(), rules::Value::from(region))],
                client_context: Vec::new(),
                use_global_endpoint: true,
                use_ssl: true,
                signature: Requested::Default,
            },
            signing_region: region.to_owned(),
            validates: true,
            injects_host_prefix: true,
            longest_life: 604_800,
        };
        let credentials = StaticCredentials::new(Credentials {
            access_key: "AKIDEXAMPLE".to_owned(),
            secret_key: Secret::new("secret"),
            token: None,
            expiry: None,
        });
        Presigner::new(settings, Arc::new(credentials))
    }

    fn plan(kept: &KeptPlans, presigner: &Presigner, bucket: &str, at: i64) -> Arc<Plan> {
        let operation = &operations::GET_OBJECT;
        let bucket = Made(bucket.to_owned());
        let member = |name| operation.member(name).expect("a member");
        let column = Column::of(member("Key")).expect("a column");
        let planned = [
            Planned::Constant(Param::known(member("Bucket"), &bucket)),
            Planned::Column(member("Key"), column),
        ];
        kept.plan(presigner, operation, &planned, &At(at))
            .expect("a plan")
    }

    #[test]
    fn a_plan_is_kept_for_its_bucket_and_its_second() {
        let (kept, presigner) = (KeptPlans::default(), presigner());
        let first = plan(&kept, &presigner, "photos", 0);
        assert!(Arc::ptr_eq(&first, &plan(&kept, &presigner, "photos", 0)));
        assert!(!Arc::ptr_eq(&first, &plan(&kept, &presigner, "films", 0)));
        assert!(Arc::ptr_eq(&first, &plan(&kept, &presigner, "photos", 0)));
        assert!(!Arc::ptr_eq(&first, &plan(&kept, &presigner, "photos", 1)));
    }

    #[test]
    fn plans_are_bounded_and_those_of_past_seconds_go_first() {
        let (kept, presigner) = (KeptPlans::default(), presigner());
        for at in 0..100 {
            let _ = plan(&kept, &presigner, "photos", at);
        }
        assert_eq!(kept.all(|_| true).len(), 1);
        for number in 0..100 {
            let _ = plan(&kept, &presigner, &format!("photos-{number}"), 0);
        }
        assert_eq!(kept.all(|_| true).len(), LIMIT);
    }
}
