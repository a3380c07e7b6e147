//! Command lines with what they must print, as data: see `tests/cmd/`.

#[test]
fn command_lines() {
    trycmd::TestCases::new()
        .case("tests/cmd/*.trycmd")
        .case("tests/cmd/*.toml")
        .case("fixtures/catalog/*/*.trycmd");
}
