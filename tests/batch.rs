//! Batches through the Rust API: which rows are read, which are named in errors, and what a caller is asked.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking; clippy lets tests do so, but not what they share"
)]

mod model_support;

use std::cell::{Cell, RefCell};
use std::fmt;

use model_support::presigner::{Caller, presigner};
use model_support::{Value, map, operation, string};
use presigned::credentials::{Credentials, Secret};
use presigned::error::Error;
use presigned::model::{Input as _, Kind, Operation};
use presigned::s3::batch::{
    self, BatchCache, BatchCaller, BatchUrls, ByRow, ColumnObject, ColumnPiece, Common, Listed, OneInstant, RowParams,
    ValueColumn,
};
use presigned::s3::endpoint::Requested;
use presigned::s3::{Entries, Mapping, Object, Presigner};

const NOW: i64 = 1_767_323_045;

/// An object of another library, which a batch asks what it is.
fn foreign(what: &str) -> Value {
    Value::Instant(0, what.to_owned())
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown().expect("printable"))
    }
}

impl Object for Value {
    type Held = Value;

    fn held(&self) -> Value {
        self.clone()
    }

    fn is(&self, held: &Value) -> bool {
        self.is_like(held)
    }

    fn is_same(&self, other: &Self) -> bool {
        self.is_like(other)
    }

    fn is_string(&self) -> bool {
        self.exact_string().is_some()
    }

    fn is_constant(&self) -> bool {
        self.is_string()
    }

    fn is_utc_instant(&self) -> bool {
        false
    }

    fn is_like(&self, held: &Value) -> bool {
        self.is_string() && self.exact_string() == held.exact_string()
    }

    fn sequence_length(&self) -> Option<usize> {
        (self.kind() == Kind::List).then(|| self.length().expect("a length"))
    }

    fn all_items(&self, _: usize, _: impl FnMut(Self) -> bool) -> bool {
        false
    }

    fn entries(&self) -> Option<impl ExactSizeIterator<Item = (Self, Self)>> {
        match self {
            Self::Map(entries) => Some(entries.clone().into_iter()),
            _ => None,
        }
    }
}

impl Mapping for Value {
    fn new_string(&self, value: &str) -> Self {
        string(value)
    }

    fn nothing(&self) -> Self {
        Self::Null
    }

    fn get(&self, _: &Self) -> Result<Self, Error> {
        Ok(Self::Null)
    }

    fn item(&self, _: &Self) -> Result<Self, Error> {
        Ok(Self::Null)
    }

    fn each_name(&self, _: impl FnMut(Self) -> Result<(), Error>) -> Result<(), Error> {
        Ok(())
    }

    fn items(&self) -> Result<Entries<Self>, Error> {
        Ok(Entries::new())
    }

    fn with(&self, _: &[(&str, &str)]) -> Result<Option<Self>, Error> {
        Ok(None)
    }

    fn operation(&self) -> Result<&'static Operation, Error> {
        let name = self.exact_string().unwrap_or_default();
        let unknown = || Error::UnknownClientMethod(name.to_owned());
        Operation::by_method_name(name).ok_or_else(unknown)
    }

    fn has_methods(&self) -> Result<bool, Error> {
        Ok(false)
    }
}

impl ColumnObject for Value {
    fn new_number(&self, number: i64) -> Self {
        Self::Int(number.into())
    }

    fn is_range(&self) -> bool {
        false
    }

    fn as_tuple(&self, _: usize) -> Result<Option<Self>, Error> {
        Ok(match self {
            Self::List(items) | Self::Tuple(items) => Some(Self::Tuple(items.clone())),
            _ => None,
        })
    }

    fn item_at(&self, row: usize) -> Result<Self, Error> {
        match self {
            Self::Tuple(items) => Ok(items[row].clone()),
            _ => panic!("only tuples are asked for items"),
        }
    }

    fn arrow_column(&self, _: &Self) -> Result<Option<ValueColumn>, Error> {
        let piece = ColumnPiece::of_strings("abb".to_owned(), vec![1, 2, 3], vec![]);
        let is_arrow = matches!(self, Self::Instant(_, what) if what == "arrow");
        Ok(is_arrow.then(|| ValueColumn::new(vec![piece])))
    }

    fn listed(&self, _: usize) -> Result<Listed<Self>, Error> {
        Ok(match self {
            Self::Instant(_, what) if what == "array" => Listed::List(keys(&["a", "b"])),
            Self::Instant(_, what) if what == "long" => Listed::TooLong(string("10**9")),
            Self::Instant(_, what) if what == "square" => Listed::HasDimensions,
            _ => Listed::Value,
        })
    }
}

/// Notes what it is asked.
#[derive(Default)]
struct Noting {
    looks: Cell<usize>,
    let_go: Cell<usize>,
}

impl BatchCaller for Noting {
    type List = RefCell<Vec<String>>;

    fn new_list(&self, places: usize) -> Result<Self::List, Error> {
        Ok(RefCell::new(vec![String::new(); places]))
    }

    fn put(&self, list: &Self::List, place: usize, url: &[u8]) -> Result<(), Error> {
        list.borrow_mut()[place] = String::from_utf8_lossy(url).into_owned();
        Ok(())
    }

    fn let_go(&self, work: impl FnOnce() + Send) {
        self.let_go.set(self.let_go.get() + 1);
        work();
    }

    fn check_signals(&self) -> Result<(), Error> {
        self.looks.set(self.looks.get() + 1);
        Ok(())
    }

    fn with_row(&self, error: Error, row: usize) -> Error {
        Error::Value(format!("{error} in row {row}"))
    }
}

fn keys(values: &[&str]) -> Value {
    Value::List(values.iter().map(|value| string(value)).collect())
}

fn columns(key: Value) -> Value {
    map([("Bucket", string("bucket")), ("Key", key)])
}

fn client() -> Presigner {
    let credentials = Credentials {
        access_key: "AKIDEXAMPLE".to_owned(),
        secret_key: Secret::new("secret"),
        token: None,
        expiry: None,
    };
    presigner(&[], Requested::Default, credentials)
}

const CALL: Caller = Caller {
    now: NOW,
    lifetime: 300,
    method: None,
};

/// The URLs of a batch without their query; whether they are an Arrow array.
fn made(
    params: &Value,
    call: &Caller,
    by_row: Option<ByRow<'_, Value>>,
    caller: &Noting,
) -> Result<(Vec<String>, bool), Error> {
    let (presigner, cache) = (client(), BatchCache::default());
    let common = Common {
        presigner: &presigner,
        cache: &cache,
        operation: operation("get_object"),
        call: &OneInstant::new(&presigner, call),
    };
    let path = |url: &str| url.split('?').next().unwrap_or_default().to_owned();
    Ok(match batch::presign(common, params, Some(1), by_row, caller)? {
        BatchUrls::List(urls) => (urls.borrow().iter().map(|url| path(url)).collect(), false),
        BatchUrls::Arrow(urls) => {
            let url = |row| urls.at(row).map(|url| path(&String::from_utf8_lossy(url)));
            ((0..).map_while(url).collect(), true)
        }
    })
}

fn paths(params: &Value) -> (Vec<String>, bool) {
    made(params, &CALL, None, &Noting::default()).expect("URLs")
}

fn fault(params: &Value, call: &Caller) -> String {
    let refused = made(params, call, None, &Noting::default()).expect_err("a refusal");
    refused.to_string()
}

fn places(names: &[&str]) -> Vec<String> {
    let place = |name: &&str| format!("https://bucket.s3.amazonaws.com/{name}");
    names.iter().map(place).collect()
}

#[test]
fn rows_lists_and_arrays_are_read_as_they_are() {
    let rows = Value::List(["a", "b"].map(|key| columns(string(key))).into());
    for params in [rows, columns(keys(&["a", "b"])), columns(foreign("array"))] {
        assert_eq!(paths(&params), (places(&["a", "b"]), false));
    }
    let arrow = paths(&columns(foreign("arrow")));
    assert_eq!(arrow, (places(&["a", "b", "b"]), true));
    assert_eq!(paths(&columns(keys(&[]))), (vec![], false));
}

#[test]
fn an_array_that_cannot_be_a_column_is_named() {
    let report = |what| fault(&columns(foreign(what)), &CALL);
    assert!(report("long").contains("length for parameter Key, value: 10**9, valid max length"));
    assert!(report("square").contains("Invalid shape of parameter Key, type: "));
    assert!(report("value").contains("No parameter is a column"));
}

#[test]
fn an_error_names_its_row_unless_the_whole_call_is_at_fault() {
    let wrong = Value::List(vec![string("a"), Value::Int(1)]);
    assert!(fault(&columns(wrong), &CALL).contains("row 1: Invalid type for parameter Key"));
    // The caller's own error has a message that Rust cannot change.
    let foreign = Value::List(vec![string("a"), string("b"), Value::Surrogate]);
    assert_eq!(fault(&columns(foreign), &CALL), "surrogates not allowed in row 2");
    let call = Caller { lifetime: 0, ..CALL };
    assert!(!fault(&columns(keys(&["a", "b"])), &call).contains("row"));
}

#[test]
fn what_makes_each_row_gets_the_object_or_the_entries() {
    let url = |row: RowParams<Value>| {
        Ok(match row {
            RowParams::Object(row) => row.to_string(),
            RowParams::Entries(entries) => {
                let pair = |(name, value): &(Value, Value)| format!("{name}={value}");
                entries.iter().map(pair).collect::<Vec<_>>().join(" ")
            }
        })
    };
    let by_row = |params: &Value| made(params, &CALL, Some(&url), &Noting::default()).expect("URLs").0;
    assert_eq!(by_row(&keys(&["x", "y"])), ["x", "y"]);
    let params = columns(keys(&["a", "b"]));
    assert_eq!(by_row(&params), ["Bucket=bucket Key=a", "Bucket=bucket Key=b"]);
}

#[test]
fn signals_are_handled_after_each_chunk_and_only_large_ones_let_others_run() {
    let asked = |rows: usize| {
        let caller = Noting::default();
        let keys = Value::List((0..rows).map(|row| string(&row.to_string())).collect());
        let (urls, _) = made(&columns(keys), &CALL, None, &caller).expect("URLs");
        assert_eq!(urls.len(), rows);
        (caller.looks.get(), caller.let_go.get())
    };
    assert_eq!(asked(1), (1, 0));
    assert_eq!(asked(63), (1, 0));
    assert_eq!(asked(64), (1, 1));
    assert_eq!(asked(300), (2, 1));
}
