#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <ctime>

#include "gradwalk/nn/error.hpp"
#include "sample_records.hpp"
#include "support/messages.hpp"

using namespace gradwalk;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Pictures need the program `dot`; without it these tests say that they did nothing.
bool dot_is_missing() {
  const bool missing = std::system("dot -V >/dev/null 2>&1") != 0;
  if (missing) BOOST_TEST_MESSAGE("skipped: the program dot is not there");
  return missing;
}

Record circuit() { return record_expression("f = (x + y) * z", {{"x", -2}, {"y", 5}, {"z", -4}}); }

}  // namespace

BOOST_AUTO_TEST_CASE(an_svg_for_eyes_and_for_screen_readers) {
  if (dot_is_missing()) return;
  const std::string svg = render_graph(circuit(), at_level(GraphLevel::scalar), GraphFormat::svg);
  for (const char* part :
       {"<?xml", "role=\"img\"", "<title id=\"gradwalk-title\">Compute graph of f = (x + y) * z</title>", "f = −12",
        "<desc id=\"gradwalk-desc\">", "id=\"v1__x\"", "id=\"x\"", "∂f/∂v1 · ∂v1/∂x", "−4 × 1 = −4", "∂f/∂f = 1"})
    BOOST_TEST(contains(svg, part), part);
  BOOST_TEST(svg == render_graph(circuit(), at_level(GraphLevel::scalar), GraphFormat::svg));
}

BOOST_AUTO_TEST_CASE(inline_and_automatic_theme) {
  if (dot_is_missing()) return;
  GraphOptions options = at_level(GraphLevel::tensor);
  options.inline_svg = true;
  options.theme = Theme::automatic;
  const std::string svg = render_graph(net_record({2, 3, 2}, 2), options, GraphFormat::svg);
  BOOST_TEST(svg.starts_with("<svg"));
  BOOST_TEST(contains(svg, "prefers-color-scheme: dark"));
}

BOOST_AUTO_TEST_CASE(png_pdf_and_frames) {
  if (dot_is_missing()) return;
  BOOST_TEST(render_graph(circuit(), at_level(GraphLevel::scalar), GraphFormat::png).starts_with("\x89PNG"));
  BOOST_TEST(render_graph(circuit(), at_level(GraphLevel::scalar), GraphFormat::pdf).starts_with("%PDF"));
  const auto frames = render_frames(circuit(), at_level(GraphLevel::scalar), GraphFormat::svg);
  BOOST_TEST_REQUIRE(frames.size() == 5u);  // inputs, two ops forward, two back
  const auto canvas = [](const std::string& svg) { return svg.substr(svg.find("viewBox"), 30); };
  for (const std::string& frame : frames) BOOST_TEST(canvas(frame) == canvas(frames.back()));
  const auto of_a_net = render_frames(net_record({2, 10, 2}, 4), at_level(GraphLevel::tensor), GraphFormat::svg);
  BOOST_TEST(of_a_net.size() == 11u);
  for (const std::string& frame : of_a_net) BOOST_TEST(canvas(frame) == canvas(of_a_net.back()));
  BOOST_TEST(!contains(frames[2], "−4 × 1 = −4"));
  BOOST_TEST(contains(frames[4], "−4 × 1 = −4"));
}

BOOST_AUTO_TEST_CASE(a_graph_of_very_many_nodes_needs_no_dot) {
  GraphOptions options = at_level(GraphLevel::scalar);
  options.all = true;
  const std::string svg = render_graph(net_record({30, 60, 4}, 1), options, GraphFormat::svg);
  BOOST_TEST(contains(svg, "id=\"W1_59_29\""));
  BOOST_TEST(contains(svg, "role=\"img\""));
}

BOOST_AUTO_TEST_CASE(one_row_of_a_large_net_is_drawn_in_seconds_and_not_as_png) {
  GraphOptions options = at_level(GraphLevel::scalar);
  options.all = true;
  options.rows = {0};
  const Record record = net_record({200, 200, 10}, 2);
  const std::clock_t begin = std::clock();
  const std::string svg = render_graph(record, options, GraphFormat::svg);
  BOOST_TEST(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC < 10);
  BOOST_TEST(contains(svg, "id=\"W1_199_199\""));
  BOOST_CHECK_EXCEPTION(render_graph(record, options, GraphFormat::png), InputError, says("too large for png"));
}

BOOST_AUTO_TEST_CASE(without_dot_it_names_the_package_and_dot_files_still_work) {
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", "/nowhere", 1);
  BOOST_CHECK_EXCEPTION(render_graph(circuit(), at_level(GraphLevel::scalar), GraphFormat::svg), InputError,
                        says("graphviz"));
  BOOST_TEST(contains(render_graph(circuit(), at_level(GraphLevel::scalar), GraphFormat::dot), "digraph"));
  ::setenv("PATH", path.c_str(), 1);
}

BOOST_AUTO_TEST_CASE(endings) {
  BOOST_TEST((graph_format_of("a.svg") == GraphFormat::svg));
  BOOST_TEST((graph_format_of("a.gv") == GraphFormat::dot));
  BOOST_CHECK_EXCEPTION(graph_format_of("a.bmp"), InputError, says("a.bmp: a graph is written to a file that ends in"));
}
