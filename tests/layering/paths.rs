//! Finds the paths that a Rust file names, and the files that they lead to.

use std::collections::{BTreeMap, BTreeSet};

/// The files of a crate by their module paths: `["s3", "post"]` for `src/s3/post.rs`.
pub(crate) type Files = BTreeMap<Vec<String>, String>;

/// The files that each file imports.
pub(crate) type Graph = BTreeMap<Vec<String>, BTreeSet<Vec<String>>>;

/// What a file imports: the module paths of other files.
pub(crate) fn imports(module: &[String], source: &str, files: &Files) -> BTreeSet<Vec<String>> {
    let source = without_tests_and_comments(source);
    let mut found = BTreeSet::new();
    for path in paths(&source) {
        let Some(path) = absolute(module, &path, files) else {
            continue;
        };
        let file = (0..=path.len())
            .rev()
            .map(|end| path[..end].to_vec())
            .find(|prefix| files.contains_key(prefix));
        found.extend(file.filter(|file| file != module));
    }
    found
}

/// The source without comments, without what only tests see, and without `pub(in crate::…)`.
pub(crate) fn without_tests_and_comments(source: &str) -> String {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut lines = Vec::new();
    let mut is_for_tests = false;
    for line in source.lines() {
        let line = line.split("//").next().unwrap_or_default();
        if line.trim() == "#[cfg(test)]" {
            is_for_tests = true;
            continue;
        }
        if !is_for_tests {
            lines.push(line);
        }
        is_for_tests = is_for_tests && !line.trim_end().ends_with([';', '}']);
    }
    let source = lines.join("\n");
    let mut parts = source.split("pub(in ");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(part.split_once(") ").map_or("", |(_, rest)| rest));
    }
    kept
}

/// Every path of two names or more, with the groups of `use` declarations taken apart.
fn paths(source: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find("::") {
        let start = rest[..at]
            .rfind(|c: char| !is_of_name(c))
            .map_or(0, |before| before + 1);
        let mut end = start;
        collect(&rest[start..], &mut Vec::new(), &mut found, &mut end);
        rest = &rest[(start + end.max(1)).max(at + 2).min(rest.len())..];
    }
    found
}

/// Collects the paths that start here behind `prefix`; `end` is where they end.
fn collect(source: &str, prefix: &mut Vec<String>, found: &mut Vec<Vec<String>>, end: &mut usize) {
    let depth = prefix.len();
    let mut at = 0;
    loop {
        at += source[at..].len() - source[at..].trim_start().len();
        if source[at..].starts_with('{') {
            at += 1;
            loop {
                let mut length = 0;
                collect(&source[at..], prefix, found, &mut length);
                at += length;
                at += source[at..].len() - source[at..].trim_start().len();
                match source[at..].chars().next() {
                    Some(',') => at += 1,
                    Some('}') => {
                        at += 1;
                        break;
                    }
                    _ => break,
                }
            }
            break;
        }
        let name: String = source[at..].chars().take_while(|&c| is_of_name(c)).collect();
        if name.is_empty() {
            break;
        }
        at += name.len();
        prefix.push(name);
        if !source[at..].starts_with("::") {
            found.push(prefix.clone());
            // `use a::b as c`
            if let Some(alias) = source[at..].strip_prefix(" as ") {
                at += " as ".len() + alias.find(|c| !is_of_name(c)).unwrap_or(alias.len());
            }
            break;
        }
        at += 2;
        if source[at..].starts_with(['<', '*']) {
            found.push(prefix.clone());
            break;
        }
    }
    prefix.truncate(depth);
    *end = at;
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// A path from the top of the crate; `None` if it leads out of the crate.
fn absolute(module: &[String], path: &[String], files: &Files) -> Option<Vec<String>> {
    let mut base = module.to_vec();
    let mut names = path.iter().peekable();
    match names.peek()?.as_str() {
        "crate" => base.clear(),
        "super" | "self" => {}
        child => {
            // A path relative to this file leads to a file below it.
            base.push(child.to_owned());
            if !files.contains_key(&base) {
                return None;
            }
            base.pop();
        }
    }
    for name in names {
        match name.as_str() {
            "crate" | "self" => {}
            "super" => {
                base.pop()?;
            }
            name => base.push(name.to_owned()),
        }
    }
    Some(base)
}

/// The circles of a graph: files that import each other, directly or by way of others.
pub(crate) fn circles(graph: &Graph) -> Vec<BTreeSet<Vec<String>>> {
    let reached: BTreeMap<_, _> = graph.keys().map(|file| (file, reached_from(file, graph))).collect();
    let mut found: Vec<BTreeSet<Vec<String>>> = Vec::new();
    for (file, files) in &reached {
        if !files.contains(*file) || found.iter().any(|circle| circle.contains(*file)) {
            continue;
        }
        let returns = |other: &&Vec<String>| reached[*other].contains(*file);
        found.push(files.iter().filter(returns).cloned().collect());
    }
    found
}

/// All files that a file imports, directly or by way of others.
fn reached_from(file: &Vec<String>, graph: &Graph) -> BTreeSet<Vec<String>> {
    let mut reached = BTreeSet::new();
    let mut open = vec![file];
    while let Some(file) = open.pop() {
        for next in graph.get(file).into_iter().flatten() {
            if reached.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    reached
}
