//! Every workload against answers that another program gave, and against itself
//! cut differently. The source of the golden values is `tests/reference.py`.

use concurrency_playground::sync::safepoint::Safepoint;
use concurrency_playground::workloads::answer::AnswerValue;
use concurrency_playground::workloads::own::OwnData;
use concurrency_playground::workloads::request::Request;
use concurrency_playground::workloads::splitmix::r;
use concurrency_playground::workloads::{Workload, WorkloadId};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::rc::Rc;

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
    assert_eq!(primes.answer(&merged).summary.sentence(), "3 of 4 numbers are prime.");
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
fn matmul_is_the_reference() {
    let digest = |n, seed| digest(WorkloadId::Matmul, json!({ "n": n, "seed": seed }));
    assert_eq!(digest(1, 1), "a45ac05a656a887564ee8e6d5537d8d9b9515543a6d4155c3e0f0c17dbb68c16");
    assert_eq!(digest(37, 5), "46562f61e9da74a74d33c40185e9eeba2ec41dfa33202aff26d75a163db57a05");
    assert_eq!(digest(150, 1), "206954fba59f8f96280c5b3c68003110f56fc070aa2ac70058b2b3a75b50335b");
}

#[test]
fn monte_carlo_pi_is_the_reference() {
    let digest = |samples, seed| {
        digest(WorkloadId::MonteCarloPi, json!({ "samples": samples, "seed": seed }))
    };
    assert_eq!(digest(1, 1), "7c9fa136d4413fa6173637e883b6998d32e1d675f88cddff9dcbcf331820f4b8");
    assert_eq!(
        digest(100_000, 7),
        "a150ddef869fd1344c207ddda8616e7f5a6019d6f44ed10607d3132e1d1f9de4"
    );
    // More than a task.
    assert_eq!(
        digest(2_100_000, 1),
        "9f3b968edac4bf80b3b87080dfdb95718e68912cd910f7cc0b573e40ec5a3e54"
    );
}

/// The count is that of `tests/reference.py`.
#[test]
fn the_count_says_how_much_pi_is() {
    let pi = workload(WorkloadId::MonteCarloPi, json!({ "samples": 100_000, "seed": 7 }));
    let answer = pi.answer(&pi.solve(None).expect("fits in memory"));
    assert_eq!(answer.value, Some(AnswerValue::Count(78_621)));
    assert_eq!(
        answer.summary.sentence(),
        "78,621 of 100,000 points are inside: π is about 3.144840, off by 0.003247."
    );
}

#[test]
fn sha256_is_the_reference() {
    let digest = |chains, rounds, seed| {
        let params = json!({ "chains": chains, "rounds": rounds, "seed": seed });
        digest(WorkloadId::Sha256, params)
    };
    assert_eq!(digest(1, 1, 1), "c394c75cfeeb0d8568bad72bb12c28902933891547c4799f2438b349fbfab5eb");
    assert_eq!(
        digest(20, 50, 3),
        "94912991ec4043811d80befd598372401366b5e46242e7930787f5f881a64606"
    );
    // As many rounds as leave two chains to a task, and one over.
    assert_eq!(
        digest(9, 7000, 1),
        "aa7556fbbdacb7879ef44460e74b089643c5d8fcde75e8b5abac470c4b1bac7f"
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

/// As [`digest`], with data of the reader's own.
fn digest_of_own(id: WorkloadId, params: Value, bytes: &[u8]) -> String {
    let workload = workload(id, params);
    let own = OwnData { name: "own".to_owned(), bytes: Rc::new(bytes.to_vec()) };
    workload.answer(&workload.solve(Some(&own)).expect("it was brought")).digest
}

#[test]
fn sort_is_the_reference() {
    let digest = |n, seed| digest(WorkloadId::Sort, json!({ "n": n, "seed": seed }));
    assert_eq!(digest(1, 1), "8bb31d02b8ae8142270828483386c5a9ed1b08e862a73a952d88d9c27f3c9305");
    assert_eq!(digest(1000, 7), "e18878a5b37e0095f6b3b17219193a929222cb85e991d29ba7fc5bba022b0a10");
    assert_eq!(
        digest(200_000, 3),
        "3f54c4473906f07c8f27cd31db6f0e983f952f432f45ea45e3a5d361ea0e255e"
    );
}

#[test]
fn blur_is_the_reference() {
    let digest = |width, height, radius, passes, seed| {
        let params = json!({ "width": width, "height": height, "radius": radius,
                             "passes": passes, "seed": seed });
        digest(WorkloadId::Blur, params)
    };
    assert_eq!(
        digest(40, 30, 3, 2, 1),
        "498487bb050bd0425f797fc7bcbbb90c9f79ea01bf7cdde50ffbc5a9c3d6e327"
    );
    assert_eq!(
        digest(33, 150, 20, 3, 5),
        "651bae38acdadfcd050a4502492f71f8dfaf4ba1fbfab9701017e82c8a009484"
    );
    let own = json!({ "source": "own", "width": 2, "height": 1, "radius": 1, "passes": 1 });
    assert_eq!(
        digest_of_own(WorkloadId::Blur, own, &[0, 1, 2, 3, 4, 5, 6, 7]),
        "bf5dadc4bc758eb37520857779fad576353562724444f25d2c8ab52c9f280a44"
    );
}

#[test]
fn word_count_is_the_reference() {
    let digest =
        |words, seed| digest(WorkloadId::WordCount, json!({ "words": words, "seed": seed }));
    assert_eq!(digest(1000, 1), "ff45bf1004af35112c7012edd1a64d3b1363ea44ecd4806aa68c1dc46a423417");
    assert_eq!(
        digest(40_000, 9),
        "1d13251bc626d8a8f6b57c30e2a4f141499e312abe90f2c2a88608c06813fca0"
    );
    let own = b"one\xfftwo \xe2\x82 One \xc3\xa9t\xc3\xa9\x80\xc3";
    assert_eq!(
        digest_of_own(WorkloadId::WordCount, json!({ "source": "own", "bytes": own.len() }), own),
        "49515260f105358e332727c7b61475466386cd005fbcc7098f102a740a454d73"
    );
}

#[test]
fn a_text_s_words_are_counted_in_lower_case() {
    let text = json!({ "text": "Straße, STRASSE; der Ärger — ärger! 2 mal 2.ΟΔΟΣ" });
    let words = workload(WorkloadId::WordCount, text);
    let answer = words.answer(&words.solve(None).expect("fits in memory"));
    assert_eq!(answer.digest, "ba3eac2dd80fb5eb3a099bac38d3c21c5f1af190cee8d02a19fb854e8e54c655");
    let top = [
        ("2", 2),
        ("ärger", 2),
        ("der", 1),
        ("mal", 1),
        ("strasse", 1),
        ("straße", 1),
        ("οδος", 1),
    ];
    let top = top.map(|(word, count)| (word.to_owned(), count));
    assert_eq!(answer.value, Some(AnswerValue::Words(top.to_vec())));
    assert_eq!(
        answer.summary.sentence(),
        "9 words, 7 different; the most frequent is “2”, 2 times."
    );
}

#[test]
fn own_data_that_is_not_there_is_asked_for() {
    for (id, params) in [
        (WorkloadId::Blur, json!({ "source": "own", "width": 2, "height": 1 })),
        (WorkloadId::WordCount, json!({ "source": "own", "bytes": 8 })),
    ] {
        let workload = workload(id, params);
        let failure = workload.solve(None).unwrap_err();
        assert!(failure.message().starts_with("source: your own data is missing"), "{failure}");
        assert_eq!(Workload::new(id, &workload.params()), Ok(workload));
    }
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

/// Where the answers come from makes no difference to them.
#[test]
fn stored_requests_are_the_reference() {
    for kind in ["disk", "database"] {
        let params = json!({ "kind": kind, "count": 12, "bytes": 1024, "seed": 1 });
        assert_eq!(
            digest(WorkloadId::Requests, params),
            "f9b38206df1ae2dd7569bb57e1347f3723aea2cf07410e2175e29acfc306a4bd"
        );
    }
}

#[test]
fn pipeline_is_the_reference() {
    let digest = |count, bytes, seed, rounds| {
        let params = json!({ "count": count, "bytes": bytes, "seed": seed, "rounds": rounds });
        digest(WorkloadId::Pipeline, params)
    };
    assert_eq!(
        digest(12, 1024, 1, 5),
        "89aa8fc4a7d61413128f0d314797dc5c9a0b686451edad8f2c03bb9b706ca3ba"
    );
    assert_eq!(
        digest(3, 0, 9, 1),
        "1a03c02fb531d7e1ce353b2f20711c79af2b66730d6de865fb130734973ccd2c"
    );
}

#[test]
fn custom_is_the_reference_whatever_is_sent_and_waited_for() {
    let digest = |tasks, units, variance, seed, wait_ms, bytes| {
        let params = json!({
            "tasks": tasks, "computeUnits": units, "variance": variance, "seed": seed,
            "waitMs": wait_ms, "payloadBytes": bytes, "resultBytes": 8 + bytes,
        });
        digest(WorkloadId::Custom, params)
    };
    for (wait_ms, bytes) in [(0, 0), (40, 0), (0, 13), (5_000, 100_000)] {
        assert_eq!(
            digest(10, 20, 0, 1, wait_ms, bytes),
            "ee71265d86d8b1c2627ac4ac5e8b6e761ee611b75087dd837e3c95ff9a748b58"
        );
        assert_eq!(
            digest(7, 30, 50, 9, wait_ms, bytes),
            "d0a35af610363ea6e1592393334a549101f34eacd5cf202dddd4e4a067d56e9b"
        );
        assert_eq!(
            digest(5, 0, 100, 3, wait_ms, bytes),
            "8f761a4b4178f9e048fc698b96b41d25a50d3a59f8c9e7619039222fd6ad39b5"
        );
    }
}

#[test]
fn mixed_threads_is_the_reference_however_long_requests_take() {
    let digest = |units, requests, seed, latency_ms| {
        let params = json!({ "computeUnits": units, "requests": requests, "seed": seed,
                             "latencyMs": latency_ms });
        digest(WorkloadId::MixedThreads, params)
    };
    for latency_ms in [1, 40] {
        assert_eq!(
            digest(20, 3, 1, latency_ms),
            "d843d99d046b7dd4cff52f09a9547db4ef00faff9d7979144c45982e1fc92d06"
        );
        assert_eq!(
            digest(50, 8, 7, latency_ms),
            "de40bf5d9002d0158e0dbc9483ca733b158d1e6168bbd8b8676978d36cd2caec"
        );
    }
}

#[test]
fn faults_is_the_reference_whatever_fails() {
    let digest = |tasks, units, seed, fault: &str| {
        let params = json!({ "tasks": tasks, "computeUnits": units, "seed": seed, "at": 0,
                             "fault": fault });
        digest(WorkloadId::Faults, params)
    };
    for fault in ["none", "panic", "hang", "close"] {
        assert_eq!(
            digest(8, 20, 1, fault),
            "52b76469063fefb2111b5b4f87106f20e1388cb3664ad608df14fea23abeb47f"
        );
        assert_eq!(
            digest(3, 50, 9, fault),
            "f2501ba26f5bb042df6e4c6387500c9a7888d0bfa8f06f957af32116bb4aca59"
        );
    }
}

/// 40 * (100 - 50 + r(9, 14 + i) mod 101) / 100, by `tests/reference.py`'s `r`.
#[test]
fn custom_waits_as_long_as_its_definition_says() {
    let params = json!({ "tasks": 7, "waitMs": 40, "variance": 50, "seed": 9 });
    let custom = workload(WorkloadId::Custom, params);
    let waits = (0..7).filter_map(|task| custom.work().request(task));
    let waits: Vec<_> = waits.map(|request| request.delay_ms).collect();
    assert_eq!(waits, [37, 58, 25, 57, 34, 52, 32]);
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
        assert!(failure.message().starts_with(&format!("{key}: ")), "{failure}");
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
    refused(WorkloadId::Matmul, json!({ "n": 0 }), "n");
    refused(WorkloadId::Matmul, json!({ "n": 1537 }), "n");
    refused(WorkloadId::Matmul, json!({ "m": 8 }), "m");
    refused(WorkloadId::Matmul, json!({ "seed": -1 }), "seed");
    refused(WorkloadId::MonteCarloPi, json!({ "samples": 0 }), "samples");
    refused(WorkloadId::MonteCarloPi, json!({ "samples": 1e12 }), "samples");
    refused(WorkloadId::MonteCarloPi, json!({ "seed": 1.5 }), "seed");
    refused(WorkloadId::MonteCarloPi, json!({ "points": 10 }), "points");
    refused(WorkloadId::Sha256, json!({ "chains": 4097 }), "chains");
    refused(WorkloadId::Sha256, json!({ "rounds": 0 }), "rounds");
    refused(WorkloadId::Sha256, json!({ "seed": "1" }), "seed");
    refused(WorkloadId::Sha256, json!({ "chain": 1 }), "chain");
    refused(WorkloadId::ArraySum, json!({ "n": f64::INFINITY }), "n");
    refused(WorkloadId::ArraySum, json!({ "seed": 1.5 }), "seed");
    refused(WorkloadId::Sort, json!({ "n": (1 << 24) + 1 }), "n");
    refused(WorkloadId::Blur, json!({ "source": "mine" }), "source");
    refused(WorkloadId::Blur, json!({ "height": 2561 }), "height");
    refused(WorkloadId::Blur, json!({ "radius": 65 }), "radius");
    refused(WorkloadId::Blur, json!({ "radius": 60, "passes": 9 }), "passes");
    refused(WorkloadId::WordCount, json!({ "words": 8_000_001 }), "words");
    refused(WorkloadId::WordCount, json!({ "text": "a", "words": 5 }), "words");
    refused(WorkloadId::WordCount, json!({ "text": "a".repeat(200_001) }), "text");
    refused(WorkloadId::WordCount, json!({ "source": "own", "bytes": 200_000_001 }), "bytes");
    refused(WorkloadId::Requests, json!({ "kind": "disc" }), "kind");
    refused(WorkloadId::Requests, json!({ "count": 1000, "bytes": 1_048_576 }), "bytes");
    refused(WorkloadId::Requests, json!({ "delaysMs": [10], "count": 2 }), "count");
    refused(WorkloadId::Requests, json!({ "kind": "disk", "latencyMs": 5 }), "latencyMs");
    refused(WorkloadId::Requests, json!({ "kind": "database", "delaysMs": [5] }), "delaysMs");
    refused(WorkloadId::Requests, json!({ "urls": "https://example.org" }), "urls");
    refused(WorkloadId::Requests, json!({ "urls": [5] }), "urls");
    refused(WorkloadId::Requests, json!({ "urls": ["/a", "http://example.org"] }), "urls");
    refused(WorkloadId::Requests, json!({ "urls": ["/a"], "bytes": 5 }), "bytes");
    refused(WorkloadId::Pipeline, json!({ "rounds": 0 }), "rounds");
    refused(WorkloadId::Pipeline, json!({ "rounds": 200_000, "count": 1000 }), "rounds");
    refused(WorkloadId::Pipeline, json!({ "kind": "disk", "varianceMs": 5 }), "varianceMs");
    refused(WorkloadId::Pipeline, json!({ "urls": ["file:///a"] }), "urls");
    refused(WorkloadId::MixedThreads, json!({ "requests": 0 }), "requests");
    refused(WorkloadId::MixedThreads, json!({ "requests": 100, "latencyMs": 601 }), "latencyMs");
    refused(WorkloadId::Faults, json!({ "fault": "fire" }), "fault");
    refused(WorkloadId::Faults, json!({ "fault": "trap", "tasks": 3 }), "at");
    refused(WorkloadId::Faults, json!({ "timeoutMs": 49 }), "timeoutMs");
    refused(WorkloadId::Custom, json!({ "tasks": 10_001 }), "tasks");
    refused(WorkloadId::Custom, json!({ "resultBytes": 7 }), "resultBytes");
    refused(WorkloadId::Custom, json!({ "variance": 101 }), "variance");
    refused(WorkloadId::Custom, json!({ "tasks": 10_000, "computeUnits": 1_001 }), "computeUnits");
    refused(WorkloadId::Custom, json!({ "tasks": 10_000, "waitMs": 7 }), "waitMs");
    refused(WorkloadId::Custom, json!({ "tasks": 64, "payloadBytes": 4_000_001 }), "payloadBytes");
    refused(WorkloadId::Custom, json!({ "tasks": 64, "resultBytes": 4_000_001 }), "resultBytes");
}

#[test]
fn parameters_survive_the_round() {
    for &id in WorkloadId::ALL {
        let defaults = workload(id, json!({}));
        assert_eq!(Workload::new(id, &defaults.params()), Ok(defaults));
    }
    let list = workload(WorkloadId::Requests, json!({ "delaysMs": [1, 2, 3] }));
    assert_eq!(Workload::new(WorkloadId::Requests, &list.params()), Ok(list));
    for params in [
        json!({ "kind": "disk", "count": 3 }),
        json!({ "kind": "database", "bytes": 3 }),
        json!({ "urls": ["https://example.org/a,b", "./c"] }),
    ] {
        for id in [WorkloadId::Requests, WorkloadId::Pipeline] {
            let given = workload(id, params.clone());
            assert_eq!(Workload::new(id, &given.params()), Ok(given));
        }
    }
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
        (1usize..70, any::<u32>())
            .prop_map(|(n, seed)| workload(WorkloadId::Matmul, json!({ "n": n, "seed": seed }))),
        (1usize..5_000_000, any::<u32>()).prop_map(|(samples, seed)| workload(
            WorkloadId::MonteCarloPi,
            json!({ "samples": samples, "seed": seed })
        )),
        (1usize..60, 1usize..20_000, any::<u32>()).prop_map(|(chains, most, seed)| workload(
            WorkloadId::Sha256,
            json!({ "chains": chains, "rounds": 1 + most / chains, "seed": seed })
        )),
        (1usize..600_000, any::<u32>())
            .prop_map(|(n, seed)| workload(WorkloadId::ArraySum, json!({ "n": n, "seed": seed }))),
        (1usize..300_000, any::<u32>())
            .prop_map(|(n, seed)| workload(WorkloadId::Sort, json!({ "n": n, "seed": seed }))),
        (1usize..60, 1usize..400, 1usize..20, 1usize..4, any::<u32>()).prop_map(
            |(width, height, radius, passes, seed)| workload(
                WorkloadId::Blur,
                json!({ "width": width, "height": height, "radius": radius, "passes": passes,
                        "seed": seed })
            )
        ),
        (1usize..90_000, any::<u32>()).prop_map(|(words, seed)| workload(
            WorkloadId::WordCount,
            json!({ "words": words, "seed": seed })
        )),
        "\\PC{0,60}".prop_map(|text| workload(WorkloadId::WordCount, json!({ "text": text }))),
        (1usize..40, 0usize..64, any::<u32>()).prop_map(|(count, bytes, seed)| workload(
            WorkloadId::Requests,
            json!({ "count": count, "bytes": bytes, "seed": seed })
        )),
        (1usize..40, 0usize..64, 1u64..20, 0usize..4).prop_map(|(count, bytes, rounds, kind)| {
            let kind = ["network", "timer", "disk", "database"][kind];
            let params = json!({ "kind": kind, "count": count, "bytes": bytes, "rounds": rounds });
            workload(WorkloadId::Pipeline, params)
        }),
        (1u64..60, 1usize..9, 1u64..40).prop_map(|(units, requests, latency_ms)| workload(
            WorkloadId::MixedThreads,
            json!({ "computeUnits": units, "requests": requests, "latencyMs": latency_ms })
        )),
        (1usize..64, 0u64..9, any::<u32>()).prop_map(|(tasks, units, seed)| workload(
            WorkloadId::Faults,
            json!({ "tasks": tasks, "computeUnits": units, "seed": seed })
        )),
        (1usize..40, 0u64..9, 0u64..9, 0usize..99, 0u64..=100).prop_map(
            |(tasks, units, wait_ms, bytes, variance)| workload(
                WorkloadId::Custom,
                json!({ "tasks": tasks, "computeUnits": units, "waitMs": wait_ms,
                        "payloadBytes": bytes, "resultBytes": 8 + bytes, "variance": variance })
            )
        ),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Tasks are independent: computed backwards, each from a copy of its own
    /// payload, they merge to the same answer.
    #[test]
    fn tasks_may_be_computed_in_any_order(workload in any_workload()) {
        let work = workload.kernel();
        let input = workload.input(None).expect("fits in memory");
        let mut parts = vec![Vec::new(); work.task_count()];
        for task in (0..work.task_count()).rev() {
            let payload = match work.request(task) {
                Some(request) => request.body(),
                None => input[work.payload(task)].to_vec(),
            };
            parts[task] = work.compute(task, &payload, Safepoint::never());
        }
        prop_assert_eq!(work.merge(parts), workload.solve(None));
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

/// The definitions, written down once more without any care for speed.
mod naive {
    use super::r;

    pub fn primes(start: u64, count: u64) -> Vec<u8> {
        let is_prime =
            |n: u64| n > 1 && (2..).take_while(|d| d * d <= n).all(|d| !n.is_multiple_of(d));
        (start..start + count).map(|n| u8::from(is_prime(n))).collect()
    }

    pub fn steps(c: (f64, f64), most: u32) -> u32 {
        let (mut x, mut y) = (0.0, 0.0);
        for step in 0..most {
            if x * x + y * y > 4.0 {
                return step;
            }
            (x, y) = ((x * x - y * y) + c.0, (2.0 * x) * y + c.1);
        }
        most
    }

    pub fn product(n: u64, seed: u64) -> Vec<u8> {
        let entry = |i| (r(seed, i) % 17) as f32 - 8.0;
        // An empty `sum` would be -0, and stay so where all products are.
        let product = |i, j, k| entry(i * n + k) * entry(n * n + k * n + j);
        let sum = |i, j| (0..n).fold(0.0_f32, |sum, k| sum + product(i, j, k));
        (0..n * n).flat_map(|at| sum(at / n, at % n).to_le_bytes()).collect()
    }

    pub fn inside(samples: u64, seed: u64) -> u64 {
        let is_inside = |v: u64| (v >> 33).pow(2) + (v & 0x7fff_ffff).pow(2) < 1 << 62;
        (0..samples).map(|i| r(seed, i)).filter(|v| is_inside(*v)).count() as u64
    }
}

fn solved(id: WorkloadId, params: Value) -> Vec<u8> {
    workload(id, params).solve(None).expect("fits in memory")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn primes_are_those_of_the_definition(start in prop_oneof![0u64..200, 0u64..1_000_000_000_000], count in 1u64..40) {
        let found = solved(WorkloadId::Primes, json!({ "start": start.min(999_999_999_900), "count": count }));
        prop_assert_eq!(found, naive::primes(start.min(999_999_999_900), count));
    }

    /// What cannot be told from a prime by its small divisors: squares of primes and
    /// products of neighbours.
    #[test]
    fn products_of_large_primes_are_none(at in 0u64..999_000) {
        let primes = naive::primes(at, 400);
        let found: Vec<_> = (at..).zip(primes).filter(|(_, prime)| *prime == 1).map(|(n, _)| n).collect();
        let [p, q, ..] = found[..] else { return Ok(()) };
        let numbers = json!({ "numbers": [p * p, p * q, p] });
        prop_assert_eq!(solved(WorkloadId::Primes, numbers), [0, 0, 1]);
    }

    #[test]
    fn mandelbrot_is_that_of_the_definition(
        width in 1usize..90, height in 1usize..70, most in 1u32..300,
        x in -2.5..4.0f64, y in -4.0..4.0f64, span in prop_oneof![1e-13..1e-9f64, 0.001..16.0f64],
    ) {
        let params = json!({ "width": width, "height": height, "maxIter": most,
                             "centerX": x, "centerY": y, "span": span });
        let picture = solved(WorkloadId::Mandelbrot, params);
        let (w, h) = (width as f64, height as f64);
        let pixels = (0..height).flat_map(|py| (0..width).map(move |px| (px as f64, py as f64)));
        let points = pixels.map(|(px, py)| {
            (x + (px + 0.5 - w / 2.0) * span / w, y + (py + 0.5 - h / 2.0) * span / w)
        });
        let expected: Vec<u8> =
            points.flat_map(|c| naive::steps(c, most).to_le_bytes()).collect();
        prop_assert_eq!(picture, expected);
    }

    #[test]
    fn matmul_is_that_of_the_definition(n in 1u64..80, seed in any::<u32>()) {
        let seed = u64::from(seed);
        let product = solved(WorkloadId::Matmul, json!({ "n": n, "seed": seed }));
        prop_assert_eq!(product, naive::product(n, seed));
    }

    #[test]
    fn monte_carlo_pi_is_that_of_the_definition(samples in 1u64..100_000, seed in any::<u32>()) {
        let seed = u64::from(seed);
        let count = solved(WorkloadId::MonteCarloPi, json!({ "samples": samples, "seed": seed }));
        prop_assert_eq!(count, naive::inside(samples, seed).to_le_bytes());
    }
}

/// The product of greater matrices, which takes more than one pass over their depth.
#[test]
fn a_greater_matmul_is_that_of_the_definition() {
    let product = solved(WorkloadId::Matmul, json!({ "n": 301, "seed": 3 }));
    assert!(product == naive::product(301, 3));
}

/// Links and scripts name a workload by its id, files as serde does.
#[test]
fn a_workload_has_one_name() {
    for id in WorkloadId::ALL {
        assert_eq!(serde_json::to_value(id).expect("a word"), json!(id.id()));
    }
}

/// In orders of magnitude: what it is for is telling how long a run will take.
#[test]
fn costs_are_those_of_the_parameters() {
    let cost = |id, params: Value| workload(id, params).relative_cost();
    for &id in WorkloadId::ALL {
        assert_eq!(cost(id, json!({})), Some(1.0), "{id:?}");
    }
    let least_to_most = |id, name: &str, values: &[u64]| {
        let costs: Vec<_> =
            values.iter().map(|value| cost(id, json!({ name: value })).expect("known")).collect();
        assert!(costs.is_sorted_by(|a, b| a < b), "{id:?} {name}: {costs:?}");
    };
    for (id, name, values) in [
        (WorkloadId::Mandelbrot, "width", &[64, 900, 2048][..]),
        (WorkloadId::Mandelbrot, "maxIter", &[10, 4000, 10_000]),
        (WorkloadId::Primes, "start", &[0, 1_000_000, 1_000_000_000_000]),
        (WorkloadId::Primes, "count", &[1, 500_000, 2_000_000]),
        (WorkloadId::Matmul, "n", &[1, 768, 1536]),
        (WorkloadId::MonteCarloPi, "samples", &[1, 1000, 2_000_000_000]),
        (WorkloadId::Sha256, "chains", &[1, 512, 4096]),
        (WorkloadId::Sha256, "rounds", &[1, 5000, 20_000]),
        (WorkloadId::ArraySum, "n", &[1, 1 << 24, 1 << 28]),
        (WorkloadId::Sort, "n", &[1, 2, 1 << 24]),
        (WorkloadId::Blur, "width", &[1, 1920, 2560]),
        (WorkloadId::Blur, "passes", &[1, 3, 60]),
        (WorkloadId::WordCount, "words", &[1, 1_000_000, 8_000_000]),
        (WorkloadId::Requests, "count", &[1, 12, 1000]),
        (WorkloadId::Requests, "latencyMs", &[0, 40, 5000]),
        (WorkloadId::Requests, "varianceMs", &[0, 80, 5000]),
        (WorkloadId::Pipeline, "rounds", &[1, 20_000, 5_000_000]),
        (WorkloadId::MixedThreads, "computeUnits", &[1, 1_000, 100_000]),
        (WorkloadId::MixedThreads, "requests", &[1, 10, 100]),
        (WorkloadId::Faults, "tasks", &[1, 8, 64]),
        (WorkloadId::Custom, "tasks", &[1, 64, 10_000]),
        (WorkloadId::Custom, "computeUnits", &[0, 1000, 100_000]),
        (WorkloadId::Custom, "waitMs", &[0, 5, 500]),
    ] {
        least_to_most(id, name, values);
    }
    // Inside of the set every pixel takes all steps.
    let inside = json!({ "centerX": -0.1, "span": 0.1 });
    assert!(cost(WorkloadId::Mandelbrot, inside) > Some(2.0));
    assert_eq!(cost(WorkloadId::Matmul, json!({ "n": 416 })), Some(0.125));
    assert_eq!(cost(WorkloadId::Requests, json!({ "kind": "disk" })), None);
    assert_eq!(cost(WorkloadId::Requests, json!({ "urls": ["https://a.test/"] })), None);
}
