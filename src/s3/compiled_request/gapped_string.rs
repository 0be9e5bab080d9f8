//! A string with numbered gaps, where what varies is put in.

use zeroize::Zeroizing;

/// A string with gaps. Each gap has a number, which says what belongs there.
pub(in crate::s3) struct GappedString {
    /// Wiped on drop, as a session token may be among what was filled in.
    string: Zeroizing<String>,
    /// The position and the number of each gap, from left to right.
    gaps: Vec<(usize, usize)>,
}

impl GappedString {
    /// Cuts a string at its marks. Each mark has a flag, which says whether it must be there; a
    /// gap has the number of its mark.
    ///
    /// `None` if a mark is missing, is there twice, or is there and should not be.
    pub(in crate::s3) fn new<'a>(string: &str, marks: impl Iterator<Item = (&'a str, bool)>) -> Option<Self> {
        let mut found = Vec::new();
        for (number, (mark, is_here)) in marks.enumerate() {
            let mut places = string.match_indices(mark);
            match (places.next(), places.next()) {
                (Some((start, mark)), None) if is_here => found.push((start, mark.len(), number)),
                (None, _) if !is_here => {}
                _ => return None,
            }
        }
        found.sort_unstable();
        let mut cut = Self {
            string: Zeroizing::new(String::with_capacity(string.len())),
            gaps: Vec::with_capacity(found.len()),
        };
        let mut copied = 0;
        for (start, length, number) in found {
            cut.string.push_str(string.get(copied..start)?);
            cut.gaps.push((cut.string.len(), number));
            copied = start + length;
        }
        cut.string.push_str(string.get(copied..)?);
        Some(cut)
    }

    /// This string with those gaps filled for which `value` returns something.
    pub(in crate::s3) fn filled<'a>(&self, value: impl Fn(usize) -> Option<&'a str>) -> Self {
        let values = self.gaps.iter().filter_map(|&(_, number)| value(number));
        let more: usize = values.map(str::len).sum();
        let mut filled = Self {
            string: Zeroizing::new(String::with_capacity(self.string.len() + more)),
            gaps: Vec::with_capacity(self.gaps.len()),
        };
        let mut copied = 0;
        for &(gap, number) in &self.gaps {
            filled.string.push_str(&self.string[copied..gap]);
            copied = gap;
            match value(number) {
                Some(value) => filled.string.push_str(value),
                None => filled.gaps.push((filled.string.len(), number)),
            }
        }
        filled.string.push_str(&self.string[copied..]);
        filled
    }

    /// What is behind the last gap.
    pub(in crate::s3) fn end(&self) -> &str {
        &self.string[self.gaps.last().map_or(0, |&(gap, _)| gap)..]
    }

    /// Appends the string. `write` appends what belongs into each gap; if it returns `false`, this
    /// stops and returns `false` too.
    pub(in crate::s3) fn append_by(&self, out: &mut String, write: impl FnMut(usize, &mut String) -> bool) -> bool {
        let Some(rest) = self.append_but_rest(out, write) else {
            return false;
        };
        out.push_str(rest);
        true
    }

    /// As [`append_by`](Self::append_by), but returns what is behind the last gap instead of
    /// appending it; `None` if `write` returned `false`.
    pub(in crate::s3) fn append_but_rest(
        &self,
        out: &mut String,
        mut write: impl FnMut(usize, &mut String) -> bool,
    ) -> Option<&str> {
        let mut copied = 0;
        for &(gap, number) in &self.gaps {
            out.push_str(&self.string[copied..gap]);
            if !write(number, out) {
                return None;
            }
            copied = gap;
        }
        Some(&self.string[copied..])
    }

    /// Appends the string with these values in its gaps, as bytes.
    pub(in crate::s3) fn append<'v>(&self, out: &mut Vec<u8>, value: impl Fn(usize) -> &'v [u8]) {
        self.append_start(out, usize::MAX, value);
    }

    /// As [`append`](Self::append), but at most `limit` bytes: the end behind the last gap is cut
    /// off, the values never.
    pub(in crate::s3) fn append_start<'v>(&self, out: &mut Vec<u8>, limit: usize, value: impl Fn(usize) -> &'v [u8]) {
        let limit = out.len().saturating_add(limit);
        let string = self.string.as_bytes();
        let mut copied = 0;
        for &(gap, number) in &self.gaps {
            out.extend_from_slice(&string[copied..gap]);
            out.extend_from_slice(value(number));
            copied = gap;
        }
        let rest = &string[copied..];
        let fitting = limit.saturating_sub(out.len()).min(rest.len());
        out.extend_from_slice(&rest[..fitting]);
    }

    /// What is in front of the first gap.
    pub(in crate::s3) fn start(&self) -> &str {
        &self.string[..self.gaps.first().map_or(self.string.len(), |&(gap, _)| gap)]
    }

    /// Visits the number of each gap with what is behind it, up to the next one.
    pub(in crate::s3) fn each_gap(&self, mut visit: impl FnMut(usize, &str)) {
        let mut gaps = self.gaps.iter().peekable();
        while let Some(&(gap, number)) = gaps.next() {
            let end = gaps.peek().map_or(self.string.len(), |&&(next, _)| next);
            visit(number, &self.string[gap..end]);
        }
    }

    /// The position and the number of each gap, from left to right.
    pub(in crate::s3) fn gaps(&self) -> &[(usize, usize)] {
        &self.gaps
    }

    /// The length without any values.
    pub(in crate::s3) fn length(&self) -> usize {
        self.string.len()
    }

    /// The length of what is behind the last gap.
    pub(in crate::s3) fn end_length(&self) -> usize {
        self.end().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKS: [&str; 2] = ["<0>", "<1>"];

    fn cut(string: &str, is_here: [bool; 2]) -> Option<GappedString> {
        GappedString::new(string, MARKS.into_iter().zip(is_here))
    }

    fn write(number: usize, out: &mut String) -> bool {
        out.push_str(["zero", "one"][number]);
        true
    }

    #[test]
    fn a_string_is_cut_where_its_marks_are_and_put_together_again() {
        let whole = cut("a<1>b<0>c", [true, true]).expect("each is there once");
        let mut out = Vec::new();
        whole.append(&mut out, |number| ["zero", "one"][number].as_bytes());
        assert_eq!(out, b"aonebzeroc");
        whole.append_start(&mut out, 9, |number| ["zero", "one"][number].as_bytes());
        assert_eq!(out, b"aonebzerocaonebzero");
        let mut string = String::from("=");
        assert!(whole.append_by(&mut string, write));
        assert_eq!(string, "=aonebzeroc");
    }

    #[test]
    fn gaps_are_filled_where_there_is_a_string_and_the_others_stay() {
        let half = cut("a<1>b<0>c", [true, true])
            .expect("each is there once")
            .filled(|number| (number == 1).then_some("ONE"));
        let mut string = String::new();
        assert!(half.append_by(&mut string, write));
        assert_eq!(string, "aONEbzeroc");
        assert_eq!(half.end_length(), 1);
    }

    #[test]
    fn a_string_can_be_read_gap_by_gap() {
        let whole = cut("a<1>b<0>c", [true, true]).expect("each is there once");
        let mut read = vec![(2, whole.start().to_owned())];
        whole.each_gap(|number, behind| read.push((number, behind.to_owned())));
        let expected = [(2, "a"), (1, "b"), (0, "c")].map(|(n, part)| (n, part.to_owned()));
        assert_eq!(read, expected);
        assert_eq!(cut("a", [false, false]).as_ref().map(GappedString::start), Some("a"));
    }

    #[test]
    fn the_writer_may_stop() {
        let whole = cut("a<1>b<0>c", [true, true]).expect("each is there once");
        assert!(!whole.append_by(&mut String::new(), |number, _| number == 1));
    }

    #[test]
    fn a_mark_that_is_missing_or_there_twice_or_should_not_be_there_makes_no_cut() {
        assert!(cut("a", [true, false]).is_none());
        assert!(cut("<0><0>", [true, false]).is_none());
        assert!(cut("<0><1>", [true, false]).is_none());
    }
}
