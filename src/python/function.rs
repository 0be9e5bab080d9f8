//! Lets methods complain of their arguments as Python's plain functions do, which boto3's are.
//!
//! `pyo3` would name the class in front of the method. Its macros take everything that they need
//! from a path (`crate = "..."`); this one is all of `pyo3` but for the description of a function,
//! which leaves the class out. `impl_` is no promise of `pyo3`'s: the version is locked, and one that
//! has moved something does not compile here.

pub(super) use pyo3::*;

/// As `pyo3` has it, for its macros only.
pub(super) mod impl_ {
    pub(crate) use pyo3::impl_::*;

    /// As `pyo3` has it, but for [`FunctionDescription`].
    pub(crate) mod extract_argument {
        use std::ops::Deref;

        pub(crate) use pyo3::impl_::extract_argument::*;

        /// A function without a class.
        pub(crate) struct FunctionDescription(pyo3::impl_::extract_argument::FunctionDescription);

        impl FunctionDescription {
            /// Describes a function whose positional arguments are places without a name; the
            /// last of them stands for `self`, which every call has given already.
            pub(crate) const fn new(
                _class: Option<&'static str>,
                name: &'static str,
                positional: &'static [&'static str],
                positional_only: usize,
                required: usize,
                keyword_only: &'static [KeywordOnlyParameterDescription],
            ) -> Self {
                // No keyword is one of these.
                const PLACES: [&str; 6] = ["\0", "\0", "\0", "\0", "\0", "self"];
                let (_, places) = PLACES.split_at(PLACES.len() - positional.len());
                Self(pyo3::impl_::extract_argument::FunctionDescription::new(
                    None,
                    name,
                    places,
                    positional_only,
                    required,
                    keyword_only,
                ))
            }
        }

        impl Deref for FunctionDescription {
            type Target = pyo3::impl_::extract_argument::FunctionDescription;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }
    }
}
