//! What can be sent to a process: values of every kind, here and in Python.

use crate::wording::counted;

/// A kind of values that a program may want to send.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its name in `www/pitfalls/values.js` and `tests/pickling.py`.
    pub id: &'static str,
    /// What is sent here.
    pub title: &'static str,
    /// Members that whoever receives it looks for.
    pub members: &'static [&'static str],
    /// What is like it in Python.
    pub python: &'static str,
    /// What pickle says of that, in CPython 3.11.
    pub pickle: &'static str,
    /// What to do instead.
    pub instead: &'static str,
}

/// What pickle said was said by this.
pub const PYTHON: &str = "CPython 3.11";

/// The beginning of what stands for pickle where a value arrives.
pub const ARRIVES: &str = "arrives: ";

/// Every kind, those first that cannot be sent.
pub const KINDS: &[Kind] = &[
    Kind {
        id: "function",
        title: "a function",
        members: &[],
        python: "a lambda, or a function within a function",
        pickle: "AttributeError: Can't pickle local object '<lambda>.<locals>.<lambda>'",
        instead: "In Python, write the function at the top of a module: it is sent by its name. Fix \
                  arguments with `functools.partial`. Here, the worker loads the function with its \
                  own script.",
    },
    Kind {
        id: "generator",
        title: "a generator",
        members: &[],
        python: "a generator",
        pickle: "TypeError: cannot pickle 'generator' object",
        instead: "Send the arguments and call the generator function in the worker, or send a list of \
                  the values.",
    },
    Kind {
        id: "promise",
        title: "a promise",
        members: &[],
        python: "a future of asyncio",
        pickle: "TypeError: cannot pickle '_asyncio.Future' object",
        instead: "Await it, and send the result.",
    },
    Kind {
        id: "node",
        title: "an element of the page",
        members: &[],
        python: "an open file",
        pickle: "TypeError: cannot pickle '_io.TextIOWrapper' object",
        instead: "Send its name, such as the path of the file, and open it in the worker.",
    },
    Kind {
        id: "wasm-instance",
        title: "a WebAssembly instance",
        members: &[],
        python: "a database connection",
        pickle: "TypeError: cannot pickle 'sqlite3.Connection' object",
        instead: "Create one in each worker when it starts, with `initializer=`. Here, the compiled \
                  module can be sent, and each worker makes its own instance.",
    },
    Kind {
        id: "proxy",
        title: "a `Proxy` of an object",
        members: &[],
        python: "a `MappingProxyType`",
        pickle: "TypeError: cannot pickle 'mappingproxy' object",
        instead: "Send a plain copy: `dict(view)` in Python, `{ ...proxy }` in JavaScript.",
    },
    Kind {
        id: "holder",
        title: "an object with a function in it",
        members: &[],
        python: "an object with a lock in it",
        pickle: "TypeError: cannot pickle '_thread.lock' object",
        instead: "Leave that attribute out: `__getstate__` returns what is sent, and `__setstate__` \
                  makes a new lock in the worker.",
    },
    Kind {
        id: "port",
        title: "a message port",
        members: &[],
        python: "a socket",
        pickle: "TypeError: cannot pickle 'socket' object",
        instead: "Here, transfer it: `postMessage(port, [port])`. pickle refuses a socket, but \
                  `multiprocessing` sends its descriptor to a process of the same machine.",
    },
    Kind {
        id: "weakmap",
        title: "a `WeakMap`",
        members: &[],
        python: "a `WeakKeyDictionary`",
        pickle: "AttributeError: Can't pickle local object 'WeakKeyDictionary.__init__.<locals>.remove'",
        instead: "Send a dictionary whose keys are ids. A copied object is not the key that the \
                  original was.",
    },
    Kind {
        id: "detached",
        title: "a buffer that was transferred before",
        members: &[],
        python: "a `memoryview`",
        pickle: "TypeError: cannot pickle memoryview objects",
        instead: "Here, its bytes are where it was transferred to: send it from there, or send a copy \
                  and keep the buffer. In Python, send `bytes(view)`.",
    },
    Kind {
        id: "shared",
        title: "a `SharedArrayBuffer`",
        members: &[],
        python: "a lock or a `Value` of `multiprocessing`",
        pickle: "RuntimeError: Lock objects should only be shared between processes through inheritance",
        instead: "In Python, give it to the worker when it starts: `Process(args=…)` or `initargs=`. \
                  Named `shared_memory` can be sent.",
    },
    Kind {
        id: "instance",
        title: "an instance of a class with a method",
        members: &["deposit"],
        python: "an instance of a class at the top of a module",
        pickle: "arrives: Account, and its methods work",
        instead: "Here, send the fields and make an object of the class in the worker. Python does that \
                  by itself, if the worker can import the class.",
    },
    Kind {
        id: "error",
        title: "an error with a field of its own",
        members: &["code"],
        python: "an exception whose class takes an argument more",
        pickle: "TypeError: Refused.__init__() missing 1 required positional argument: 'code'",
        instead: "Pass all arguments to `super().__init__`, or define `__reduce__`. An exception that \
                  cannot be read back breaks the whole pool. Here, send the field beside the error.",
    },
    Kind {
        id: "map",
        title: "a `Map`",
        members: &[],
        python: "a dictionary",
        pickle: "arrives: {'balance': 10}",
        instead: "Nothing to do: plain data can be sent.",
    },
];

/// What became of all values.
#[derive(Clone, Debug, PartialEq)]
pub struct Sending {
    /// Whether they were sent in a form in which that is possible.
    pub instead: bool,
    /// Each value.
    pub values: Vec<SentValue>,
    /// How long it took to send them all and to hear of each, in ms.
    pub took_ms: f64,
}

/// What became of a value that was posted to a worker.
#[derive(Clone, Debug, PartialEq)]
pub struct SentValue {
    /// Which kind it is.
    pub kind: &'static Kind,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// The browser refused it.
    Refused {
        /// In these words.
        said: String,
    },
    /// It arrived.
    Arrived {
        /// The name of its class in the worker.
        class: String,
        /// What was in it.
        contents: String,
        /// Members that it had no more.
        lost: Vec<String>,
    },
    /// This page has no such value: it takes isolation.
    NotHere,
}

impl SentValue {
    /// Whether nothing of it is missing.
    pub fn is_whole(&self) -> bool {
        matches!(&self.fate, Fate::Arrived { lost, .. } if lost.is_empty())
    }
}

impl Fate {
    /// What arrived, without a word that it did.
    pub fn arrival(&self) -> Option<String> {
        let Self::Arrived { class, contents, lost } = self else { return None };
        let contents = match contents.as_str() {
            "" => String::new(),
            contents => format!(" ({contents})"),
        };
        let lost = match lost.as_slice() {
            [] => String::new(),
            lost => format!(", without {}", lost.join(", ")),
        };
        Some(format!("{class}{contents}{lost}"))
    }

    /// What happened.
    pub fn words(&self) -> String {
        match self {
            Self::Refused { said } => said.clone(),
            Self::Arrived { .. } => {
                self.arrival().map_or_else(String::new, |what| format!("{ARRIVES}{what}"))
            }
            Self::NotHere => "does not exist here: this page is not isolated".to_owned(),
        }
    }
}

impl Sending {
    /// Whether all that this page has arrived whole.
    pub fn is_right(&self) -> bool {
        self.values.iter().all(|one| one.is_whole() || one.fate == Fate::NotHere)
    }

    /// What came of all of them.
    pub fn sentence(&self) -> String {
        let all = counted(self.values.len() as u64, "value");
        let count = |is: &dyn Fn(&&SentValue) -> bool| self.values.iter().filter(is).count();
        let whole = count(&|one| one.is_whole());
        let missing = match count(&|one| one.fate == Fate::NotHere) {
            0 => String::new(),
            1 => " 1 does not exist here.".to_owned(),
            many => format!(" {many} do not exist here."),
        };
        if self.instead {
            return format!("The page sent another form of {all}: {whole} arrived whole.{missing}");
        }
        let refused = count(&|one| matches!(one.fate, Fate::Refused { .. }));
        let part = count(&|one| matches!(one.fate, Fate::Arrived { .. })) - whole;
        format!(
            "The page tried to send {all}. The browser refused {refused}. {whole} arrived whole, and \
             {part} without a part.{missing}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(id: &str) -> &'static Kind {
        KINDS.iter().find(|kind| kind.id == id).expect("a kind")
    }

    #[test]
    fn the_script_makes_a_value_of_every_kind_and_no_other() {
        let script = include_str!("../../../../www/pitfalls/values.js");
        let ids: Vec<_> = KINDS.iter().map(|kind| kind.id).collect();
        for table in ["MAKE", "INSTEAD"] {
            let (_, of) = script.split_once(&format!("const {table} = {{\n")).expect("a table");
            let (of, _) = of.split_once("\n};").expect("an end");
            let names = of.lines().filter_map(|line| line.strip_prefix("  \"")?.split('"').next());
            assert_eq!(names.collect::<Vec<_>>(), ids, "{table}");
        }
    }

    #[test]
    fn a_value_is_whole_only_where_nothing_of_it_is_lost() {
        let arrived = |kind, class: &str, lost: &[&str]| SentValue {
            kind,
            fate: Fate::Arrived {
                class: class.to_owned(),
                contents: "balance: 10".to_owned(),
                lost: lost.iter().map(|one| (*one).to_owned()).collect(),
            },
        };
        let map = arrived(kind("map"), "Map", &[]);
        let instance = arrived(kind("instance"), "Object", &["deposit"]);
        let said = "DataCloneError: it could not be cloned.".to_owned();
        let function = SentValue { kind: kind("function"), fate: Fate::Refused { said } };
        assert!(map.is_whole() && !instance.is_whole() && !function.is_whole());
        assert_eq!(map.fate.words(), "arrives: Map (balance: 10)");
        assert_eq!(instance.fate.words(), "arrives: Object (balance: 10), without deposit");
        let mut sending =
            Sending { instead: false, values: vec![map, instance, function], took_ms: 3.0 };
        assert!(!sending.is_right());
        assert_eq!(
            sending.sentence(),
            "The page tried to send 3 values. The browser refused 1. 1 arrived whole, and 1 without a \
             part."
        );
        sending.instead = true;
        sending.values.truncate(1);
        let not_here = SentValue { kind: kind("shared"), fate: Fate::NotHere };
        sending.values.push(not_here);
        assert!(sending.is_right(), "what the page does not have cannot be missing");
        assert!(sending.sentence().ends_with("2 values: 1 arrived whole. 1 does not exist here."));
    }
}
