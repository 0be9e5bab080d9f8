//! Reads Arrow arrays, and makes one, by the C data interface: whatever speaks it can hand arrays
//! over and take them, and nothing is imported for it.
//!
//! `presigned._core` knows nothing of Arrow: it hands over an object that offers an array, and gets
//! plain bytes; and it hands over bytes, and gets the two capsules of an array.

#[cfg(feature = "python")]
#[path = "../../../src/python/interpreter.rs"]
mod interpreter;
#[cfg(feature = "python")]
mod plain;
#[cfg(feature = "python")]
mod python;
