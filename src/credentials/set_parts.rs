//! Credentials whose parts a program may set while clients sign with them.

use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Credentials, Secret};

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

/// A part as it is now.
pub enum Part<'a, V> {
    /// A string of the first credentials, which may have no token.
    First(Option<&'a str>),
    /// What the program has set.
    Set(Arc<V>),
    /// The program has deleted it.
    Deleted,
}

impl<V> SetParts<V> {
    /// The first credentials, or the parts of what cannot sign.
    #[must_use]
    pub fn new(first: Result<Credentials, [V; 3]>) -> Self {
        let (first, parts) = match first {
            Ok(first) => (
                Some(Arc::new(first)),
                [SetPart::First, SetPart::First, SetPart::First],
            ),
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

    /// A part as it is now; `at` counts from the access key.
    #[must_use]
    pub fn part(&self, at: usize) -> Part<'_, V> {
        match &self.locked().parts[at] {
            SetPart::Set(value) => return Part::Set(Arc::clone(value)),
            SetPart::Deleted => return Part::Deleted,
            SetPart::First => {}
        }
        let Some(first) = &self.first else {
            return Part::Deleted;
        };
        Part::First(match at {
            0 => Some(first.access_key.as_str()),
            1 => Some(first.secret_key.expose()),
            _ => first.token.as_ref().map(Secret::expose),
        })
    }

    /// Sets a part, or deletes it.
    pub fn set(&self, at: usize, value: Option<V>) {
        let part = value.map_or(SetPart::Deleted, |value| SetPart::Set(Arc::new(value)));
        let mut now = self.locked();
        let before = (
            mem::replace(&mut now.parts[at], part),
            now.credentials.take(),
        );
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

    /// The credentials as they are now: `ask` asks the function, and `make` reads the parts.
    ///
    /// # Errors
    /// Those of `ask` and `make`.
    pub fn credentials<E>(
        &self,
        ask: impl FnOnce(&V) -> Result<Arc<Credentials>, E>,
        make: impl FnOnce() -> Result<Credentials, E>,
    ) -> Result<Arc<Credentials>, E> {
        if let Some(first) = self.unset() {
            return Ok(Arc::clone(first));
        }
        let asked = self.locked().asked.clone();
        if let Some(asked) = asked {
            return ask(&asked);
        }
        if let Some(credentials) = &self.locked().credentials {
            return Ok(Arc::clone(credentials));
        }
        let changes = self.locked().changes;
        let credentials = Arc::new(make()?);
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

    fn now(parts: &SetParts<&'static str>) -> String {
        let ask = |asked: &&str| Ok::<_, ()>(Arc::new(credentials(asked)));
        let make = || match parts.part(0) {
            Part::Set(key) => Ok(credentials(&key)),
            Part::First(key) => Ok(credentials(key.unwrap_or_default())),
            Part::Deleted => Err(()),
        };
        parts
            .credentials(ask, make)
            .map_or_else(|()| "none".to_owned(), |now| now.access_key.clone())
    }

    #[test]
    fn what_was_set_last_signs_and_a_function_comes_first() {
        let parts = SetParts::new(Ok(credentials("first")));
        assert_eq!(
            (now(&parts), parts.unset().is_some()),
            ("first".to_owned(), true)
        );
        parts.set(0, Some("set"));
        assert_eq!(
            (now(&parts), parts.unset().is_some()),
            ("set".to_owned(), false)
        );
        parts.ask(Some("asked"));
        assert_eq!(now(&parts), "asked");
        parts.ask(None);
        assert_eq!(now(&parts), "set");
        parts.set(0, None);
        assert_eq!(now(&parts), "none");
    }

    #[test]
    fn parts_that_cannot_sign_are_kept_as_they_were_given() {
        let parts = SetParts::new(Err(["", "secret", "token"]));
        assert!(parts.unset().is_none());
        assert!(matches!(parts.part(2), Part::Set(token) if *token == "token"));
    }
}
