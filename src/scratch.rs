//! Strings whose memory is used again, so that a temporary string of a call costs no allocation.

use std::cell::RefCell;
use std::hint::black_box;
use std::mem;
use std::ops::{Deref, DerefMut};

/// A string for the moment. Its memory goes back to this thread when it is dropped.
///
/// It starts empty, and takes memory when it is first written to.
#[derive(Debug, Default)]
pub struct Scratch(String);

/// More strings than one call has at a time.
const KEPT: usize = 4;

/// The memory of longer strings, which are rare, is freed.
const LONGEST: usize = 16 * 1024;

thread_local! {
    static POOL: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

impl Scratch {
    /// An empty string.
    #[must_use]
    pub const fn new() -> Self {
        Self(String::new())
    }

    /// Takes the memory of an earlier string, if there is any.
    #[inline(never)]
    fn borrow(&mut self) {
        let lent = POOL.try_with(|pool| pool.borrow_mut().pop());
        self.0 = lent.ok().flatten().unwrap_or_default();
    }
}

/// Overwrites a string with zeros and empties it, for one whose memory is used again. `zeroize` would write byte by
/// byte, which takes a fifth of the time of a URL with a token.
pub fn wipe(string: &mut String) {
    const ZEROS: &str = match str::from_utf8(&[0; 512]) {
        Ok(zeros) => zeros,
        Err(_) => "",
    };
    let length = string.len();
    string.clear();
    while string.len() < length {
        string.push_str(&ZEROS[..ZEROS.len().min(length - string.len())]);
    }
    // The compiler must not find that nobody reads them.
    black_box(string.as_str());
    string.clear();
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if !(1..=LONGEST).contains(&self.0.capacity()) {
            return;
        }
        let mut string = mem::take(&mut self.0);
        string.clear();
        // In a thread that is ending, the memory is freed.
        let _ = POOL.try_with(|pool| {
            let mut pool = pool.borrow_mut();
            if pool.len() < KEPT {
                pool.push(string);
            }
        });
    }
}

impl Deref for Scratch {
    type Target = String;

    fn deref(&self) -> &String {
        &self.0
    }
}

impl DerefMut for Scratch {
    fn deref_mut(&mut self) -> &mut String {
        if self.0.capacity() == 0 {
            self.borrow();
        }
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_used_again_and_comes_back_empty() {
        let mut first = Scratch::new();
        first.push_str("a string of some length");
        let memory = first.as_ptr();
        drop(first);
        let mut second = Scratch::new();
        second.reserve(1);
        assert_eq!((second.as_str(), second.as_ptr()), ("", memory));
        drop(second);
        let mut third = Scratch::new();
        third.push('a');
        let mut fourth = Scratch::new();
        fourth.push('b');
        assert_eq!(third.as_ptr(), memory);
        assert_ne!(fourth.as_ptr(), memory);
    }

    #[test]
    fn a_wiped_string_is_empty_and_keeps_its_memory() {
        let mut string = "secret".repeat(1000);
        let capacity = string.capacity();
        wipe(&mut string);
        assert_eq!((string.as_str(), string.capacity()), ("", capacity));
    }

    #[test]
    fn neither_long_strings_nor_many_are_kept() {
        let strings: Vec<Scratch> = (0..9)
            .map(|at| {
                let mut string = Scratch::new();
                string.reserve(if at < 2 { LONGEST + 1 } else { 10 });
                string
            })
            .collect();
        drop(strings);
        POOL.with_borrow(|pool| {
            assert_eq!(pool.len(), KEPT);
            assert!(pool.iter().all(|string| string.capacity() <= LONGEST));
        });
    }
}
