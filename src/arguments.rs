//! Chooses between the arguments that a call gives by position and by name, and reports faults in Python's words.

use crate::error::Error;

/// An argument, if the caller has given it.
pub trait MaybeGiven {
    /// Whether the caller has.
    fn is_given(&self) -> bool;
}

/// The parameters of a function.
#[derive(Clone, Copy, Debug)]
pub struct Function<const N: usize> {
    /// Its name, for messages.
    pub name: &'static str,
    /// The names of its arguments without `self`, those that must be given first.
    pub arguments: [&'static str; N],
    /// How many must be given.
    pub required: usize,
}

impl<const N: usize> Function<N> {
    /// The arguments of a call, of which `surplus` too many were given by position.
    ///
    /// # Errors
    /// [`Error::Type`] with the message of Python for a plain function.
    #[inline]
    pub fn choose<A: MaybeGiven>(&self, mut given: [A; N], surplus: usize, named: [A; N]) -> Result<[A; N], Error> {
        for (at, named) in named.into_iter().enumerate() {
            if named.is_given() {
                if given[at].is_given() {
                    return Err(self.twice(self.arguments[at]));
                }
                given[at] = named;
            }
        }
        if surplus > 0 {
            return Err(self.too_many(surplus));
        }
        if !given[..self.required].iter().all(MaybeGiven::is_given) {
            return Err(self.too_few(&given));
        }
        Ok(given)
    }

    #[cold]
    fn twice(&self, name: &str) -> Error {
        self.complaint(&format!("got multiple values for argument '{name}'"))
    }

    #[cold]
    fn too_many(&self, surplus: usize) -> Error {
        let (least, most, given) = (self.required + 1, N + 1, N + 1 + surplus);
        self.complaint(&format!(
            "takes from {least} to {most} positional arguments but {given} were given"
        ))
    }

    #[cold]
    fn too_few(&self, given: &[impl MaybeGiven; N]) -> Error {
        let missing: Vec<String> = self.arguments[..self.required]
            .iter()
            .zip(given)
            .filter(|(_, given)| !given.is_given())
            .map(|(name, _)| format!("'{name}'"))
            .collect();
        let plural = if missing.len() == 1 { "" } else { "s" };
        self.complaint(&format!(
            "missing {} required positional argument{plural}: {}",
            missing.len(),
            missing.join(" and ")
        ))
    }

    fn complaint(&self, fault: &str) -> Error {
        Error::Type(format!("{}() {fault}", self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl MaybeGiven for Option<u8> {
        fn is_given(&self) -> bool {
            self.is_some()
        }
    }

    const POWER: Function<3> = Function {
        name: "power",
        arguments: ["base", "exponent", "modulus"],
        required: 2,
    };

    fn chosen(given: [Option<u8>; 3], surplus: usize, named: [Option<u8>; 3]) -> Result<[Option<u8>; 3], String> {
        let chosen = POWER.choose(given, surplus, named);
        chosen.map_err(|error| error.to_string())
    }

    #[test]
    fn an_argument_is_taken_by_position_or_by_name() {
        let none = [None; 3];
        for (given, named) in [
            ([Some(1), Some(2), None], none),
            (none, [Some(1), Some(2), None]),
            ([Some(1), None, None], [None, Some(2), None]),
        ] {
            assert_eq!(chosen(given, 0, named), Ok([Some(1), Some(2), None]));
        }
    }

    /// The messages are those of Python for `def power(self, base, exponent, modulus=None)`.
    #[test]
    fn faults_have_the_words_of_python() {
        let (none, two) = ([None; 3], [Some(1), Some(2), None]);
        for (given, surplus, named, expected) in [
            (
                two,
                0,
                [None, Some(2), None],
                "power() got multiple values for argument 'exponent'",
            ),
            (
                [Some(1); 3],
                2,
                none,
                "power() takes from 3 to 4 positional arguments but 6 were given",
            ),
            (
                [Some(1), None, None],
                0,
                none,
                "power() missing 1 required positional argument: 'exponent'",
            ),
            (
                none,
                0,
                none,
                "power() missing 2 required positional arguments: 'base' and 'exponent'",
            ),
        ] {
            assert_eq!(chosen(given, surplus, named), Err(expected.to_owned()));
        }
    }
}
