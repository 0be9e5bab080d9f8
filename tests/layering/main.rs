//! Holds the order of the layers, also between files, the place of `pyo3`, and the length of files.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod paths;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use paths::{Files, Graph, circles, imports, without_tests_and_comments};

/// From the top of `src/lib.rs` down: a module imports only what stands before it here. Modules
/// that share a line do not import each other.
const LAYERS: [&[&str]; 10] = [
    &["error"],
    &[
        "arguments",
        "clock",
        "encode",
        "hash",
        "scratch",
        "surrogate",
        "urlsplit",
    ],
    &["credentials"],
    &["request"],
    &["sigv4", "sigv2"],
    &["services"],
    &["rules"],
    &["model"],
    &["s3"],
    &["python"],
];

/// The longest file that a person may write, in lines.
const LONGEST_FILE: usize = 400;

fn layer_of(module: &str) -> usize {
    let layer = LAYERS.iter().position(|layer| layer.contains(&module));
    layer.unwrap_or_else(|| panic!("{module} has no layer: add it to LAYERS and to src/lib.rs"))
}

/// The Rust files below a folder of this package, with their sources.
fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = fs::read_to_string(&path).expect("UTF-8");
                files.push((path, source));
            }
        }
    }
    files
}

/// `sigv4` of `src/sigv4/parameters.rs`, of this crate or an extension's; nothing for `src/lib.rs`.
fn module_of(path: &Path) -> Option<String> {
    let mut inside = path
        .strip_prefix(env!("CARGO_MANIFEST_DIR"))
        .ok()?
        .iter()
        .skip_while(|part| *part != "src");
    let first = Path::new(inside.nth(1)?).file_stem()?.to_str()?;
    (first != "lib").then(|| first.to_owned())
}

/// The files of this crate, without those of tests.
fn files() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = rust_files("src").into_iter().filter_map(|(path, source)| {
        let inside = path.strip_prefix(&root).ok()?.with_extension("");
        let mut module: Vec<String> = inside.iter().map(|name| name.to_string_lossy().into_owned()).collect();
        match module.last()?.as_str() {
            "tests" => return None,
            "mod" | "lib" => drop(module.pop()),
            _ => {}
        }
        Some((module, source))
    });
    files.collect()
}

/// What each file imports.
fn graph() -> Graph {
    let files = files();
    let imported = files.iter().map(|(module, source)| {
        let imports = imports(module, source, &files);
        (module.clone(), imports)
    });
    imported.collect()
}

/// The names of the types that a file declares, without those of its tests.
fn declared_types(source: &str) -> Vec<String> {
    without_tests_and_comments(source)
        .lines()
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| {
            let mut words = line.split(|c: char| !(c.is_alphanumeric() || c == '_'));
            let is_keyword = |word: &str| matches!(word, "struct" | "enum" | "trait" | "type");
            words.find(|word| is_keyword(word))?;
            words.next().map(str::to_owned)
        })
        .collect()
}

fn shown(module: &[String]) -> String {
    ["crate"]
        .into_iter()
        .chain(module.iter().map(String::as_str))
        .collect::<Vec<_>>()
        .join("::")
}

#[test]
fn every_module_imports_only_from_the_layers_above_it() {
    for (module, imports) in graph() {
        let Some(name) = module.first() else {
            continue;
        };
        for import in imports.iter().filter_map(|import| import.first()) {
            assert!(
                import == name || layer_of(import) < layer_of(name),
                "{}: {name} may not import {import}",
                shown(&module)
            );
        }
    }
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let mut graph = graph();
    // The crate's documentation links to all modules, and its root declares them.
    graph.remove(&Vec::new());
    let found: Vec<String> = circles(&graph)
        .iter()
        .filter(|files| {
            !files
                .iter()
                .all(|file| file.first().is_some_and(|room| room == "python"))
        })
        .map(|files| files.iter().map(|file| shown(file)).collect::<Vec<_>>().join(", "))
        .collect();
    assert!(found.is_empty(), "files that import each other:\n{}", found.join("\n"));
}

#[test]
fn the_pipeline_knows_nothing_of_what_is_remembered_between_calls() {
    for (module, imports) in graph() {
        if !module.starts_with(&["s3".to_owned(), "pipeline".to_owned()]) {
            continue;
        }
        for import in imports {
            let is_outside = import.first().is_some_and(|first| first == "s3")
                && import.get(1).is_none_or(|room| room != "pipeline");
            assert!(!is_outside, "{} may not import {}", shown(&module), shown(&import));
        }
    }
}

#[test]
fn no_type_name_means_two_things() {
    let mut known = BTreeMap::new();
    for (module, source) in files() {
        for name in declared_types(&source) {
            if let Some(other) = known.insert(name.clone(), module.clone()) {
                panic!("{name} is declared in {} and in {}", shown(&other), shown(&module));
            }
        }
    }
}

#[test]
fn only_a_binding_names_pyo3() {
    let extensions = rust_files("extensions").into_iter();
    for (path, source) in extensions.chain(rust_files("src")) {
        let is_binding = module_of(&path).is_none_or(|module| module == "python");
        assert!(is_binding || !source.contains("pyo3"), "{} names pyo3", path.display());
    }
}

#[test]
fn no_file_that_a_person_wrote_is_too_long() {
    for (path, source) in ["src", "tests", "extensions"].map(rust_files).concat() {
        let is_generated = source.lines().take(3).any(|line| line.contains("Generated by"));
        let length = source.lines().count();
        assert!(
            is_generated || length <= LONGEST_FILE,
            "{} has {length} lines",
            path.display()
        );
    }
}

fn names(path: &str) -> Vec<String> {
    path.split("::").map(str::to_owned).collect()
}

#[test]
fn an_import_is_found_in_every_form() {
    let modules = ["a", "a::b", "c", "d", "d::e", "g", "i", "j", "k", "l", "m"];
    let files: Files = modules.map(|module| (names(module), String::new())).into();
    let source = "use crate::c::B; use crate::{d::{e::F, G as H}, g::{self}};\n\
        mycrate::m::x(); use super::j; let y = crate::i::k();\n\
        pub(in crate::m) struct S; use b::T; // crate::m\n\
        fn f() -> super::k::T<crate::l::U> {}\n\
        #[cfg(test)]\nuse crate::m;\n#[cfg(test)]\nmod tests {\nuse crate::m;\n}";
    let found: Vec<String> = imports(&names("a"), source, &files)
        .iter()
        .map(|module| module.join("::"))
        .collect();
    assert_eq!(found, ["a::b", "c", "d", "d::e", "g", "i", "j", "k", "l"]);
}

#[test]
fn a_circle_is_found_but_a_shared_import_is_not_a_circle() {
    let graph = |edges: &[(&str, &[&str])]| -> Graph {
        let edges = edges.iter().map(|(file, imports)| {
            let imports = imports.iter().map(|import| names(import));
            (names(file), imports.collect())
        });
        edges.collect()
    };
    let shared: [(&str, &[&str]); 4] = [("a", &["b", "c"]), ("b", &["d"]), ("c", &["d"]), ("d", &[])];
    assert!(circles(&graph(&shared)).is_empty());
    let round: [(&str, &[&str]); 4] = [("a", &["b"]), ("b", &["c"]), ("c", &["d"]), ("d", &["b"])];
    assert_eq!(circles(&graph(&round)), [["b", "c", "d"].map(names).into()]);
}
