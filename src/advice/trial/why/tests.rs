use super::*;

#[test]
fn every_phase_that_costs_time_has_one_part_at_most() {
    for phase in Phase::ALL {
        assert!(Part::ALL.iter().filter(|part| part.has(phase)).count() <= 1, "{phase:?}");
    }
    let terms: Vec<_> = Part::ALL.iter().flat_map(|part| part.terms()).collect();
    // In the lab, starting is not part of a sample.
    let left: Vec<_> = Term::ALL.iter().filter(|term| !terms.contains(term)).collect();
    assert_eq!(left, [&Term::Start]);
}
