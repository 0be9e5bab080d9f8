//! Credentials whose parts a program may set while clients sign with them.

use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Credentials, ProvideCredentials, Secret};
use crate::error::Error;

/// The names of the parts.
const NAMES: [&str; 3] = ["access_key", "secret_key", "token"];

/// Which part has this name.
#[must_use]
pub fn place(name: &str) -> Option<usize> {
    NAMES.iter().position(|known| *known == name)
}

/// What a program sets as a part of credentials.
pub trait SetValue: Send + Sync + Sized {
    /// A string as the program would have it; for a token that is missing, nothing.
    fn of_string(string: Option<&str>) -> Self;

    /// The answer of a function that the program has set.
    ///
    /// # Errors
    /// What the function raises.
    fn answer(&self) -> Result<Arc<Credentials>, Error>;

    /// The error of one who reads a part that was deleted.
    fn deleted(name: &str) -> Error;

    /// Credentials of an access key, a secret key and a token.
    ///
    /// # Errors
    /// They cannot sign.
    fn credentials(parts: [&Self; 3]) -> Result<Arc<Credentials>, Error>;
}

/// Credentials of a program, which sets their parts as `V`: access key, secret key and token.
///
/// As long as it sets none, they cost a look at a flag.
pub struct SetParts<V> {
    /// The first credentials, if they can sign.
    first: Option<Arc<Credentials>>,
    /// Whether anything was set since.
    is_set: AtomicBool,
    // Never locked while the program's code runs: it might let another thread in, or fork.
    now: Mutex<CurrentParts<V>>,
}

struct CurrentParts<V> {
    parts: [SetPart<V>; 3],
    /// What to ask instead.
    asked: Option<Arc<V>>,
    /// These parts as credentials, once a client has asked for them.
    credentials: Option<Arc<Credentials>>,
    /// How often a part was set.
    changes: u64,
}

enum SetPart<V> {
    /// As it was first.
    First,
    Set(Arc<V>),
    Deleted,
}

impl<V: SetValue> SetParts<V> {
    /// The first credentials, or the parts of what cannot sign.
    #[must_use]
    pub fn new(first: Result<Credentials, [V; 3]>) -> Self {
        let (first, parts) = match first {
            Ok(first) => (Some(Arc::new(first)), [SetPart::First, SetPart::First, SetPart::First]),
            Err(parts) => (None, parts.map(|part| SetPart::Set(Arc::new(part)))),
        };
        Self {
            is_set: AtomicBool::new(first.is_none()),
            first,
            now: Mutex::new(CurrentParts {
                parts,
                asked: None,
                credentials: None,
                changes: 0,
            }),
        }
    }

    /// The first credentials, as long as nothing else was set.
    #[must_use]
    pub fn unset(&self) -> Option<&Arc<Credentials>> {
        let is_set = self.is_set.load(Ordering::Relaxed);
        self.first.as_ref().filter(|_| !is_set)
    }

    /// A part as it is now, unless it was deleted; `at` counts from the access key.
    #[must_use]
    pub fn part(&self, at: usize) -> Option<Arc<V>> {
        match &self.locked().parts[at] {
            SetPart::Set(value) => return Some(Arc::clone(value)),
            SetPart::Deleted => return None,
            SetPart::First => {}
        }
        let first = self.first.as_ref()?;
        Some(Arc::new(V::of_string(match at {
            0 => Some(first.access_key.as_str()),
            1 => Some(first.secret_key.expose()),
            _ => first.token.as_ref().map(Secret::expose),
        })))
    }

    /// Sets a part, or deletes it.
    pub fn set(&self, at: usize, value: Option<V>) {
        let part = value.map_or(SetPart::Deleted, |value| SetPart::Set(Arc::new(value)));
        let mut now = self.locked();
        let before = (mem::replace(&mut now.parts[at], part), now.credentials.take());
        now.changes = now.changes.wrapping_add(1);
        self.is_set.store(true, Ordering::Relaxed);
        drop(now);
        // An object of the program may run code when it is dropped.
        drop(before);
    }

    /// Has `function` asked for the credentials at each call; `None` ends this.
    pub fn ask(&self, function: Option<V>) {
        let mut now = self.locked();
        let before = mem::replace(&mut now.asked, function.map(Arc::new));
        self.is_set.store(true, Ordering::Relaxed);
        drop(now);
        drop(before);
    }

    /// The credentials as they are now.
    ///
    /// # Errors
    /// They cannot sign, or the function that is asked raises.
    pub fn current(&self) -> Result<Arc<Credentials>, Error> {
        if let Some(first) = self.unset() {
            return Ok(Arc::clone(first));
        }
        let asked = self.locked().asked.clone();
        if let Some(asked) = asked {
            return asked.answer();
        }
        if let Some(credentials) = &self.locked().credentials {
            return Ok(Arc::clone(credentials));
        }
        let changes = self.locked().changes;
        let none = || Arc::new(V::of_string(None));
        // Without a key, they cannot sign. Without a token, they would be other credentials.
        let token = self.part(2).ok_or_else(|| V::deleted(NAMES[2]))?;
        let keys = [0, 1].map(|at| self.part(at).unwrap_or_else(none));
        let [access_key, secret_key] = &keys;
        let parts = [access_key, secret_key, &token];
        let credentials = V::credentials(parts.map(AsRef::as_ref))?;
        let mut now = self.locked();
        // Another thread may have set something else meanwhile.
        if now.changes == changes {
            now.credentials = Some(Arc::clone(&credentials));
        }
        Ok(credentials)
    }

    /// A part is replaced as a whole: a panic elsewhere cannot have left half of it.
    fn locked(&self) -> MutexGuard<'_, CurrentParts<V>> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<V: SetValue> ProvideCredentials for SetParts<V> {
    fn credentials(&self) -> Result<Option<Arc<Credentials>>, Error> {
        match self.unset() {
            Some(first) => Ok(Some(Arc::clone(first))),
            None => self.current().map(Some),
        }
    }

    fn other_than(&self, known: &Arc<Credentials>) -> Result<Option<Arc<Credentials>>, Error> {
        match self.unset() {
            Some(first) if Arc::ptr_eq(first, known) => Ok(None),
            _ => {
                let now = ProvideCredentials::credentials(self)?;
                Ok(now.filter(|now| !Arc::ptr_eq(now, known)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credentials(access_key: &str) -> Credentials {
        Credentials {
            access_key: access_key.to_owned(),
            secret_key: Secret::new("hush"),
            token: None,
            expiry: None,
        }
    }

    impl SetValue for &'static str {
        fn of_string(string: Option<&str>) -> Self {
            match string {
                Some("first") => "first",
                Some(_) => "other",
                None => "",
            }
        }

        fn answer(&self) -> Result<Arc<Credentials>, Error> {
            Ok(Arc::new(credentials(self)))
        }

        fn deleted(name: &str) -> Error {
            Error::Value(name.to_owned())
        }

        fn credentials([access_key, ..]: [&Self; 3]) -> Result<Arc<Credentials>, Error> {
            match access_key {
                &"" => Err(Error::NoCredentials),
                key => key.answer(),
            }
        }
    }

    fn now(parts: &SetParts<&'static str>) -> String {
        let none = |_| "none".to_owned();
        parts.current().map_or_else(none, |now| now.access_key.clone())
    }

    #[test]
    fn what_was_set_last_signs_and_a_function_comes_first() {
        let parts = SetParts::new(Ok(credentials("first")));
        assert_eq!((now(&parts), parts.unset().is_some()), ("first".to_owned(), true));
        parts.set(0, Some("set"));
        assert_eq!((now(&parts), parts.unset().is_some()), ("set".to_owned(), false));
        parts.ask(Some("asked"));
        assert_eq!(now(&parts), "asked");
        parts.ask(None);
        assert_eq!(now(&parts), "set");
        parts.set(0, None);
        assert_eq!(now(&parts), "none");
    }

    #[test]
    fn a_deleted_token_is_not_the_same_as_none() {
        let parts = SetParts::new(Ok(credentials("first")));
        parts.set(2, None);
        assert!(matches!(parts.current(), Err(Error::Value(name)) if name == "token"));
        parts.set(2, Some(""));
        assert_eq!(now(&parts), "first");
    }

    #[test]
    fn parts_that_were_not_set_are_the_first_ones() {
        let parts = SetParts::new(Ok(credentials("first")));
        parts.set(1, Some("set"));
        let shown = [0, 1, 2].map(|at| parts.part(at));
        assert_eq!(shown, ["first", "set", ""].map(|part| Some(Arc::new(part))));
        assert_eq!(now(&parts), "first");
        assert_eq!(
            ["secret_key", "token", "account_id"].map(place),
            [Some(1), Some(2), None]
        );
    }

    #[test]
    fn parts_that_cannot_sign_are_kept_as_they_were_given() {
        let parts = SetParts::new(Err(["", "secret", "token"]));
        assert!(parts.unset().is_none());
        assert_eq!(parts.part(2).as_deref(), Some(&"token"));
        parts.set(2, None);
        assert_eq!(parts.part(2), None);
    }
}
