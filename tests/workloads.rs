//! Every workload against answers that another program gave, and against itself
//! cut differently. The source of the golden values is `tests/reference.py`.

use concurrency_playground::workloads::requests::Request;
use concurrency_playground::workloads::{Workload, WorkloadId};
use proptest::prelude::*;
use serde_json::{Value, json};

fn workload(id: WorkloadId, params: Value) -> Workload {
    Workload::new(id, params.as_object().expect("parameters are an object")).expect("valid")
}

fn digest(id: WorkloadId, params: Value) -> String {
    let workload = workload(id, params);
    workload.answer(&workload.solve(None).expect("fits in memory")).digest
}

#[test]
fn primes_are_the_reference() {
    let digest = |params| digest(WorkloadId::Primes, params);
    assert_eq!(
        digest(json!({ "numbers": [10_000_019, 10_000_079, 10_000_103, 10_000_129] })),
        "f896c3a5f9841b6e1f0a22bd35a6a1bc5efb28aaa23b66301ec8098ce57cf99a"
    );
    assert_eq!(
        digest(json!({ "start": 0, "count": 1000 })),
        "ecc916542ac351d473ee2f629b27f45a14df9ba6b79a2d00297d169478e27d34"
    );
    assert_eq!(
        digest(json!({ "start": 10_000_000, "count": 1000 })),
        "dfa9ee825c9a36b69de42200293c7b0be42cd38173ea2d8b1dd7dcd789a61cef"
    );
    assert_eq!(
        digest(json!({ "numbers": [999_999_999_989_u64, 4_294_967_291_u64, 4_294_967_297_u64] })),
        "9f44ac6acb8a37b00b615dc89259d306035be82dee7db2b472e4c48326195440"
    );
}

#[test]
fn the_four_numbers_of_the_article() {
    let four = json!({ "numbers": [10_000_019, 10_000_079, 10_000_103, 10_000_129] });
    let primes = workload(WorkloadId::Primes, four);
    let merged = primes.solve(None).expect("fits in memory");
    assert_eq!(merged, [1, 1, 1, 0]);
    assert_eq!(primes.answer(&merged).summary, "3 of 4 numbers are prime.");
}

#[test]
fn mandelbrot_is_the_reference() {
    let digest = |width, height, iterations, x, y, span| {
        let params = json!({ "width": width, "height": height, "maxIter": iterations,
                             "centerX": x, "centerY": y, "span": span });
        digest(WorkloadId::Mandelbrot, params)
    };
    assert_eq!(
        digest(64, 48, 100, -0.5, 0.0, 3.0),
        "1c46a2d50800bbe49fd747b71d344ab3a3099e270eae6cffdfe1cc93d2647312"
    );
    assert_eq!(
        digest(130, 70, 200, -0.743, 0.1318, 0.01),
        "8ef6c2d5eced8fdb3f65b50121d35eb33c20c2e759a32759baa558cb792f945b"
    );
}

#[test]
fn array_sum_is_the_reference() {
    let digest = |n, seed| digest(WorkloadId::ArraySum, json!({ "n": n, "seed": seed }));
    assert_eq!(digest(1, 1), "a52c4438b8603f74dc3892a7d56bb2d8e37c20e331ec65d68fef5869294c7f86");
    assert_eq!(digest(1000, 7), "6f5e7193e6cc03f1dac2dfc8e524a34c755bc547fe4c04f034c246f406e551cf");
    assert_eq!(
        digest(300_000, 1),
        "c5c72e16a2e037006349bc357d9776663db182104e806988ddb05cd3eff33392"
    );
}

#[test]
fn requests_are_the_reference() {
    let digest = |count, bytes, seed| {
        digest(WorkloadId::Requests, json!({ "count": count, "bytes": bytes, "seed": seed }))
    };
    assert_eq!(
        digest(12, 1024, 1),
        "f9b38206df1ae2dd7569bb57e1347f3723aea2cf07410e2175e29acfc306a4bd"
    );
    assert_eq!(digest(3, 5, 9), "350eaf4637cc7c21162d563cc5e75100d4e060979392edd7a1dd58b85a4811dc");
}

/// 200 + r(1, i) mod 201, by `tests/reference.py`'s `r`.
#[test]
fn requests_take_as_long_as_their_definition_says() {
    let params = json!({ "count": 12, "latencyMs": 200, "varianceMs": 200, "seed": 1 });
    let requests = workload(WorkloadId::Requests, params);
    let delays: Vec<_> = (0..12)
        .filter_map(|i| requests.work().request(i))
        .map(|request| request.delay_ms)
        .collect();
    assert_eq!(delays, [247, 207, 263, 298, 221, 283, 281, 368, 308, 366, 278, 333]);
}

#[test]
fn a_request_of_the_wrong_length_is_refused() {
    let requests = workload(WorkloadId::Requests, json!({ "count": 1, "bytes": 8 }));
    let request: Request = requests.work().request(0).expect("requests wait");
    assert_eq!(request.check(request.body()), Ok(request.body()));
    assert!(request.check(vec![0; 7]).is_err());
}

#[test]
fn bad_parameters_are_refused_by_name() {
    let refused = |id, params: Value, key: &str| {
        let failure = Workload::new(id, params.as_object().expect("an object")).unwrap_err();
        assert!(failure.message.starts_with(&format!("{key}: ")), "{failure}");
    };
    refused(WorkloadId::Mandelbrot, json!({ "width": 0 }), "width");
    refused(WorkloadId::Mandelbrot, json!({ "width": 2049 }), "width");
    refused(WorkloadId::Mandelbrot, json!({ "width": "900" }), "width");
    refused(WorkloadId::Mandelbrot, json!({ "span": null }), "span");
    refused(WorkloadId::Mandelbrot, json!({ "span": 0 }), "span");
    refused(WorkloadId::Mandelbrot, json!({ "wdith": 900 }), "wdith");
    refused(WorkloadId::Primes, json!({ "numbers": [] }), "numbers");
    refused(WorkloadId::Primes, json!({ "numbers": [1, -2] }), "numbers");
    refused(WorkloadId::Primes, json!({ "numbers": [1], "start": 2 }), "start");
    refused(WorkloadId::ArraySum, json!({ "n": f64::INFINITY }), "n");
    refused(WorkloadId::ArraySum, json!({ "seed": 1.5 }), "seed");
    refused(WorkloadId::Requests, json!({ "kind": "disc" }), "kind");
    refused(WorkloadId::Requests, json!({ "count": 1000, "bytes": 1_048_576 }), "bytes");
    refused(WorkloadId::Requests, json!({ "delaysMs": [10], "count": 2 }), "count");
}

#[test]
fn parameters_survive_the_round() {
    for &id in WorkloadId::ALL {
        let defaults = workload(id, json!({}));
        assert_eq!(Workload::new(id, &defaults.params()), Ok(defaults));
    }
    let list = workload(WorkloadId::Requests, json!({ "delaysMs": [1, 2, 3] }));
    assert_eq!(Workload::new(WorkloadId::Requests, &list.params()), Ok(list));
}

fn any_workload() -> impl Strategy<Value = Workload> {
    prop_oneof![
        (0u64..20_000, 1usize..600).prop_map(|(start, count)| workload(
            WorkloadId::Primes,
            json!({ "start": start, "count": count })
        )),
        (1usize..200, 1usize..150, 1u32..60).prop_map(|(width, height, iterations)| workload(
            WorkloadId::Mandelbrot,
            json!({ "width": width, "height": height, "maxIter": iterations })
        )),
        (1usize..600_000, any::<u32>())
            .prop_map(|(n, seed)| workload(WorkloadId::ArraySum, json!({ "n": n, "seed": seed }))),
        (1usize..40, 0usize..64, any::<u32>()).prop_map(|(count, bytes, seed)| workload(
            WorkloadId::Requests,
            json!({ "count": count, "bytes": bytes, "seed": seed })
        )),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Tasks are independent: computed backwards, each from a copy of its own
    /// payload, they merge to the same answer.
    #[test]
    fn tasks_may_be_computed_in_any_order(workload in any_workload()) {
        let work = workload.work();
        let input = workload.input(None).expect("fits in memory");
        let mut parts = vec![Vec::new(); work.task_count()];
        for task in (0..work.task_count()).rev() {
            let payload = match work.request(task) {
                Some(request) => request.body(),
                None => input[work.payload(task)].to_vec(),
            };
            parts[task] = work.compute(task, &payload);
        }
        prop_assert_eq!(work.merge(parts), workload.solve(None).expect("fits in memory"));
    }

    /// Static data made in pieces is the data made in one go.
    #[test]
    fn input_may_be_made_in_pieces(workload in any_workload(), piece in 1usize..5_000) {
        let whole = workload.input(None).expect("fits in memory");
        let mut pieced = workload.reserve_input().expect("fits in memory");
        let grain = piece * concurrency_playground::workloads::INPUT_GRAIN;
        for (i, chunk) in pieced.chunks_mut(grain).enumerate() {
            workload.work().fill_input(i * grain, chunk);
        }
        prop_assert_eq!(whole, pieced);
    }
}
