//! Reads Arrow arrays, and makes them, by the C data interface. Any library that supports the
//! interface can pass and receive arrays, and none has to be imported.
//!
//! `presigned._core` does not know Arrow. It passes an object that offers an array, and gets plain
//! bytes. It passes bytes, and gets the two capsules of an array.

#[cfg(feature = "python")]
#[path = "../../interpreter.rs"]
mod interpreter;
#[cfg(feature = "python")]
mod plain;
#[cfg(feature = "python")]
mod python;
