//! All URLs of a batch, one behind the other: the layout of an Arrow array.

use std::collections::TryReserveError;

use super::chunk::Urls;

/// URLs in UTF-8, and where each ends.
#[derive(Default)]
pub struct UrlArray {
    bytes: Vec<u8>,
    ends: Vec<i64>,
    /// How many there will be.
    count: usize,
}

impl UrlArray {
    /// Room for so many URLs, of which the length is not known yet.
    ///
    /// # Errors
    /// There is no memory.
    pub fn with_capacity(count: usize) -> Result<Self, TryReserveError> {
        let mut ends = Vec::new();
        ends.try_reserve_exact(count)?;
        Ok(Self {
            bytes: Vec::new(),
            ends,
            count,
        })
    }

    /// Adds some URLs. The first of them show how much room all will need.
    ///
    /// # Errors
    /// There is no memory.
    pub fn extend(&mut self, urls: &Urls) -> Result<(), TryReserveError> {
        let all = match urls.bytes.len().checked_div(urls.ends.len()) {
            Some(each) if self.bytes.is_empty() => each.saturating_mul(self.count + self.count / 64),
            _ => 0,
        };
        self.bytes.try_reserve(all.max(urls.bytes.len()))?;
        let start = self.bytes.len();
        self.bytes.extend_from_slice(&urls.bytes);
        // More bytes than an i64 can count do not fit into memory.
        let end = |&end: &usize| i64::try_from(start + end).unwrap_or(i64::MAX);
        self.ends.extend(urls.ends.iter().map(end));
        Ok(())
    }

    /// All of them.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where each ends.
    #[must_use]
    pub fn ends(&self) -> &[i64] {
        &self.ends
    }

    /// One of them; a negative index counts from the end.
    #[must_use]
    pub fn at(&self, index: isize) -> Option<&[u8]> {
        let row = match usize::try_from(index) {
            Ok(row) => Some(row),
            Err(_) => self.ends.len().checked_sub(index.unsigned_abs()),
        };
        row.and_then(|row| self.url(row))
    }

    fn url(&self, row: usize) -> Option<&[u8]> {
        let start = match row.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        let start = usize::try_from(start).ok()?;
        let end = usize::try_from(*self.ends.get(row)?).ok()?;
        self.bytes.get(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_found_from_either_end() {
        let mut array = UrlArray::with_capacity(3).unwrap_or_default();
        let urls = Urls {
            bytes: b"abbccc".to_vec(),
            ends: vec![1, 3, 6],
        };
        assert!(array.extend(&urls).is_ok());
        let found = [0, 2, -1, -3].map(|index| array.at(index));
        assert_eq!(found, [b"a" as &[u8], b"ccc", b"ccc", b"a"].map(Some));
        assert_eq!([3, -4, isize::MIN].map(|index| array.at(index)), [None; 3]);
    }
}
