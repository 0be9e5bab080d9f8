//! What a batch needs of the caller's own language, beside the objects of its rows.

use crate::error::Error;
use crate::s3::mapping::Entries;

/// The language that the caller of a batch is written in.
pub trait BatchCaller {
    /// A list of URLs.
    type List;

    /// A list of so many places, which are empty.
    ///
    /// # Errors
    /// There is no memory.
    fn new_list(&self, places: usize) -> Result<Self::List, Error>;

    /// Puts a URL, in UTF-8, into a place of the list.
    ///
    /// # Errors
    /// There is no memory.
    fn put(&self, list: &Self::List, place: usize, url: &[u8]) -> Result<(), Error>;

    /// Does some work, while other threads of the program may run.
    fn let_go(&self, work: impl FnOnce() + Send);

    /// Lets the program handle the signals that have arrived.
    ///
    /// # Errors
    /// What it raises then.
    fn check_signals(&self) -> Result<(), Error>;

    /// An error of the language, or one with a fixed message, that names the row which it is about.
    fn with_row(&self, error: Error, row: usize) -> Error;
}

/// What makes the URL of one row, if the core must not.
pub type ByRow<'a, O> = &'a dyn Fn(RowParams<O>) -> Result<String, Error>;

/// The parameters of one row.
pub enum RowParams<O> {
    /// An object of the caller.
    Object(O),
    /// Names and values.
    Entries(Entries<O>),
}
