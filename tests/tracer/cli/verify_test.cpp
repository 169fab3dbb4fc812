// Every digit that is changed by hand in a document is found, with its line.
#include <boost/test/unit_test.hpp>

#include "support/run_program.hpp"

using namespace gradwalk;

namespace {

/// Changes the digit number `which` of every number in turn … of those places where `pick` says so.
std::string with_digit_changed(std::string text, std::size_t at) {
  text[at] = text[at] == '9' ? '3' : static_cast<char>(text[at] + 1);
  return text;
}

void check_tampering(const std::string& file, const std::string& command) {
  const TemporaryFolder folder;
  BOOST_TEST_REQUIRE(
      run_program(folder, "gradwalk trace --rows 0..2 -o step.npz && " + command + " -o " + file).status == 0);
  const auto honest = run_program(folder, "gradwalk verify " + file);
  BOOST_TEST(honest.status == 0, honest.out + honest.err);
  const std::string document = read_file(folder / file);
  // Digits that show a number: behind "0." of a fraction. A few of them, spread over the whole document.
  std::vector<std::size_t> places;
  for (std::size_t at = document.find("0."); at != std::string::npos && at < document.rfind("gradwalk-stamp");
       at = document.find("0.", at + 1)) {
    const bool drawn = file.ends_with(".svg") && document.rfind('<', at) > document.rfind('>', at);
    if (!drawn && at + 4 < document.size() && std::isdigit(document[at + 2]) && std::isdigit(document[at + 4]))
      places.push_back(at + 4);
  }
  BOOST_TEST_REQUIRE(places.size() > 20u);
  for (std::size_t k = 0; k < 8; ++k) {
    const std::size_t at = places[k * (places.size() - 1) / 7];
    write_file(folder / file, with_digit_changed(document, at));
    const auto found = run_program(folder, "gradwalk verify " + file);
    BOOST_TEST(found.status == 1,
               file << ": the digit at byte " << at << " was changed, and nobody saw it: " << found.out);
    const auto line = std::count(document.begin(), document.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1;
    BOOST_TEST(found.out.find("line " + std::to_string(line) + ":") != std::string::npos, found.out);
  }
}

}  // namespace

// A sum with another operator in it is another sum, though all its numbers are as they were.
BOOST_AUTO_TEST_CASE(of_an_operator) {
  const TemporaryFolder folder;
  BOOST_TEST_REQUIRE(run_program(folder, "gradwalk trace --rows 0..2 -o step.npz").status == 0);
  struct Changed {
    std::string file, from, to, options = "";
  };
  for (const Changed& c : {Changed{"walk.txt", " + ", " - ", "--form scalar"}, Changed{"walk.txt", "·(-", "·("},
                           Changed{"walk.md", "\\cdot 0", "+0"}, Changed{"walk.tex", "-0.", "+0."},
                           Changed{"walk.html", "<mo>+</mo><mn>", "<mo>−</mo><mn>"},
                           Changed{"graph.dot", " × 0", " + 0"}, Changed{"graph.svg", "× (−", "× ("}}) {
    const std::string command = c.file.starts_with("walk") ? "walk" : "graph --level scalar";
    BOOST_TEST_REQUIRE(run_program(folder, "gradwalk " + command + " step.npz " + c.options + " -o " + c.file).status ==
                       0);
    std::string document = read_file(folder / c.file);
    BOOST_TEST(run_program(folder, "gradwalk verify " + c.file).status == 0);
    const std::size_t at = document.rfind(c.from, document.rfind("gradwalk-stamp"));
    BOOST_TEST_REQUIRE(at != std::string::npos, c.file << " has no '" << c.from << "'");
    const auto line = std::count(document.begin(), document.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1;
    write_file(folder / c.file, document.replace(at, c.from.size(), c.to));
    const auto found = run_program(folder, "gradwalk verify " + c.file);
    BOOST_TEST(found.status == 1, c.file << ": '" << c.from << "' became '" << c.to << "', and nobody saw it");
    BOOST_TEST(found.out.find("line " + std::to_string(line) + ":") != std::string::npos, found.out);
  }
}

BOOST_AUTO_TEST_CASE(of_a_walkthrough_in_markdown) { check_tampering("walk.md", "gradwalk walk step.npz"); }
BOOST_AUTO_TEST_CASE(of_a_walkthrough_in_text_and_russian) {
  check_tampering("walk.txt", "gradwalk --lang ru walk step.npz --wrt 'W1[2,0]' --digits 6");
}
BOOST_AUTO_TEST_CASE(of_a_graph_in_dot) { check_tampering("graph.dot", "gradwalk graph step.npz"); }
BOOST_AUTO_TEST_CASE(of_a_graph_in_svg) {
  check_tampering("graph.svg", "gradwalk graph step.npz --level scalar --rows 1");
}

BOOST_AUTO_TEST_CASE(of_a_trace) {
  const TemporaryFolder folder;
  BOOST_TEST(run_program(folder, "gradwalk trace -o step.npz && gradwalk verify step.npz").status == 0);
  // The arrays are stored as they are; NumPy changes one of them, as a person would.
  const auto changed =
      run_program(folder,
                  "/usr/bin/python3 -c \"import numpy as n; f=n.load('step.npz'); a={k:f[k] for k in f.files if not "
                  "k.endswith('.json')}; "
                  "a['step0/z1'][1,3]+=1e-5; n.savez('bad.npz',**a)\" && unzip -qo step.npz record.json && "
                  "/usr/bin/python3 -c \"import zipfile; zipfile.ZipFile('bad.npz','a').write('record.json')\"");
  if (changed.status != 0) {
    BOOST_TEST_MESSAGE("skipped: python3-numpy or unzip is not here: " << changed.err);
    return;
  }
  const auto found = run_program(folder, "gradwalk verify bad.npz");
  BOOST_TEST(found.status == 1);
  BOOST_TEST(found.out.find("z1[1,3]") != std::string::npos, found.out);
}

BOOST_AUTO_TEST_CASE(an_expression_needs_no_trace_beside_it) {
  const TemporaryFolder folder;
  BOOST_TEST(
      run_program(folder, "gradwalk expr 'f = (x + y) * z' x=-2 y=5 z=-4 -o f.md && gradwalk verify f.md").status == 0);
}

BOOST_AUTO_TEST_CASE(a_file_without_a_stamp_cannot_be_verified) {
  const TemporaryFolder folder;
  write_file(folder / "notes.md", "nothing of gradwalk's\n");
  BOOST_TEST(run_program(folder, "gradwalk verify notes.md").status == 2);
}
