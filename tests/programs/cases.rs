//! What is run: every workload, model and flavour, with random parameters and options.

use concurrency_playground::highlight::Language;
use concurrency_playground::models::option::{OptionType, OptionValue};
use concurrency_playground::models::{Executor, ExecutorKind};
use concurrency_playground::programs::{Flavour, Program};
use concurrency_playground::workloads::params::Params;
use concurrency_playground::workloads::splitmix;
use concurrency_playground::workloads::{Workload, WorkloadId};
use serde_json::{Value, json};
use std::fmt;
use std::sync::LazyLock;
use std::time::SystemTime;

/// How many sets of parameters and options each gets.
const SETS: usize = 3;

/// A program to be run, and the digest that it must print.
pub struct Case {
    pub workload: Workload,
    pub executor: Executor,
    pub flavour: Flavour,
    pub program: Program,
    pub digest: String,
}

impl Case {
    pub fn is_in(&self, language: Language) -> bool {
        self.program.language == language
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let params = Value::from(self.workload.params());
        let executor = json!(self.executor);
        let (id, flavour) = (self.workload.id().id(), self.flavour);
        write!(f, "PROGRAMS_SEED={} {flavour:?} of {id} {params} {executor}", *SEED)
    }
}

/// Where the random numbers of this run begin.
static SEED: LazyLock<u64> = LazyLock::new(|| {
    let given = std::env::var("PROGRAMS_SEED").ok().and_then(|text| text.parse().ok());
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    given.unwrap_or_else(|| now.map_or(1, |now| now.as_nanos() as u64 >> 10))
});

struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 += 1;
        splitmix::r(*SEED, self.0) % end
    }

    fn between(&mut self, first: u64, last: u64) -> u64 {
        first + self.below(last - first + 1)
    }
}

/// Every case, the flavours of a model with the same parameters and options.
pub fn cases() -> Vec<Case> {
    let mut random = Random(0);
    let mut cases = Vec::new();
    for &id in WorkloadId::ALL {
        for set in 0..SETS {
            let workload = Workload::new(id, &params(id, set, &mut random)).expect("within bounds");
            let solved = workload.solve(None).expect("fits in memory");
            let digest = workload.answer(&solved).digest;
            for kind in ExecutorKind::ALL {
                let executor = executor(kind, &mut random);
                let of_machines = (kind == ExecutorKind::Processes).then_some(Flavour::OF_MACHINES);
                let flavours =
                    Flavour::of_model(kind).iter().chain(of_machines.into_iter().flatten());
                for &flavour in flavours {
                    // Why some have none is a test of its own.
                    let Ok(program) = Program::new(&workload, &executor, flavour) else { continue };
                    let (workload, executor) = (workload.clone(), executor.clone());
                    let digest = digest.clone();
                    cases.push(Case { workload, executor, flavour, program, digest });
                }
            }
        }
    }
    cases
}

/// A model with every option at random.
fn executor(kind: ExecutorKind, random: &mut Random) -> Executor {
    let mut executor = Executor::new(kind, 2);
    for spec in kind.options() {
        let value = match spec.accepts {
            OptionType::Integer { min, .. } => {
                OptionValue::Number(random.between(min.into(), 4) as u32)
            }
            OptionType::Decimal { .. } => {
                OptionValue::Thousandths(random.between(100, 9_999) as u32)
            }
            OptionType::Choice(words) => {
                OptionValue::Word(words[random.below(words.len() as u64) as usize].id)
            }
            OptionType::Flag { .. } => OptionValue::Flag(random.below(2) == 1),
        };
        // What means nothing beside the others is refused.
        let _ = executor.set(spec, value);
    }
    executor
}

/// Small parameters. The sets of a workload differ in what kind of parameters they have, too.
fn params(id: WorkloadId, set: usize, random: &mut Random) -> Params {
    let seed = random.below(1 << 50);
    let mut up_to = |last| random.between(1, last);
    let params = match (id, set) {
        (WorkloadId::Mandelbrot, _) => json!({
            "width": up_to(40), "height": up_to(40), "maxIter": up_to(100),
            "centerX": up_to(1000) as f64 / 700.0 - 1.0, "centerY": up_to(1000) as f64 / 900.0 - 0.5,
            "span": up_to(1000) as f64 / 333.0,
        }),
        (WorkloadId::Primes, 0) => {
            let numbers: Vec<_> = (0..up_to(40)).map(|_| up_to(1_000_000_000)).collect();
            json!({ "numbers": numbers })
        }
        (WorkloadId::Primes, _) => json!({ "start": up_to(10_000_000) - 1, "count": up_to(300) }),
        (WorkloadId::Matmul, _) => json!({ "n": up_to(24), "seed": seed }),
        (WorkloadId::MonteCarloPi, _) => json!({ "samples": up_to(20_000), "seed": seed }),
        (WorkloadId::Sha256, _) => {
            json!({ "chains": up_to(30), "rounds": up_to(60), "seed": seed })
        }
        (WorkloadId::ArraySum | WorkloadId::Sort, _) => json!({ "n": up_to(5_000), "seed": seed }),
        (WorkloadId::Blur, _) => json!({
            "width": up_to(30), "height": up_to(40), "radius": up_to(9), "passes": up_to(3),
            "seed": seed,
        }),
        (WorkloadId::WordCount, 0) => {
            let words =
                ["Straße;", "ΟΔΟΣ", "é\t\"t\\", "\n—2nd", "x_y", "{}#", "東京 東京", "'\u{0}"];
            let text: Vec<_> = (0..up_to(90)).map(|_| words[up_to(8) as usize - 1]).collect();
            json!({ "text": text.join(" ") })
        }
        (WorkloadId::WordCount, _) => json!({ "words": up_to(3_000), "seed": seed }),
        (WorkloadId::Requests | WorkloadId::Pipeline, _) => {
            let mut params = match set {
                0 => json!({ "delaysMs": (0..up_to(9)).map(|_| up_to(20)).collect::<Vec<_>>() }),
                1 => {
                    let kind = ["disk", "database"][up_to(2) as usize - 1];
                    json!({ "kind": kind, "count": up_to(9) })
                }
                _ => {
                    let kind = ["network", "timer"][up_to(2) as usize - 1];
                    let (latency, variance) = (up_to(9), up_to(9));
                    json!({
                        "kind": kind, "count": up_to(12), "latencyMs": latency,
                        "varianceMs": variance,
                    })
                }
            };
            params["bytes"] = json!(up_to(300) - 1);
            params["seed"] = json!(seed);
            if id == WorkloadId::Pipeline {
                params["rounds"] = json!(up_to(60));
            }
            params
        }
        (WorkloadId::MixedThreads, _) => json!({
            "computeUnits": up_to(9), "requests": up_to(6), "latencyMs": up_to(9), "seed": seed,
        }),
        (WorkloadId::Faults, _) => json!({ "computeUnits": up_to(9), "seed": seed }),
        (WorkloadId::Custom, _) => json!({
            "tasks": up_to(9), "computeUnits": up_to(6), "waitMs": up_to(9) - 1,
            "payloadBytes": up_to(90), "resultBytes": 7 + up_to(30), "variance": up_to(101) - 1,
            "seed": seed,
        }),
    };
    params.as_object().expect("parameters are an object").clone()
}
