// Bad input gets exit code 2 and one clear line, and costs nothing that was there.
#include <boost/test/unit_test.hpp>

#include "support/run_program.hpp"

using namespace gradwalk;

namespace {

/// Runs the command and expects one line on stderr with `part` in it, nothing on stdout, exit code 2.
void refused(const TemporaryFolder& folder, const std::string& command, const std::string& part) {
  const auto run = run_program(folder, command);
  BOOST_TEST_CONTEXT(command) {
    BOOST_TEST(run.status == 2);
    BOOST_TEST(run.out == "");
    BOOST_TEST(std::count(run.err.begin(), run.err.end(), '\n') == 1, run.err);
    BOOST_TEST(run.err.find(part) != std::string::npos, run.err);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_call_that_is_wrong) {
  const TemporaryFolder folder;
  refused(folder, "gradwalk", "name a command");
  refused(folder, "gradwalk frobnicate", "frobnicate");
  refused(folder, "gradwalk train --bogus", "--bogus");
  refused(folder, "gradwalk train --epochs many", "--epochs");
  refused(folder, "gradwalk train --epochs", "--epochs");
  refused(folder, "gradwalk train --epochs=-3", "whole number");
  refused(folder, "gradwalk train -o net.safetensors", "gradwalk weights");
  refused(folder, "gradwalk trace", "--output");
  refused(folder, "gradwalk trace -o step.svg", ".npz");
  refused(folder, "gradwalk terms", "ELEMENT");
  refused(folder, "gradwalk graph -o x.docx", ".svg");
}

BOOST_AUTO_TEST_CASE(the_programs_beside_say_it_in_the_same_words) {
  const TemporaryFolder folder;
  refused(folder, "gradwalk lesson", "gradwalk lesson: name a command");
  refused(folder, "gradwalk lesson chek 04", "there is no command 'chek' (did you mean check?)");
  refused(folder, "gradwalk lesson hint 04 -1", "'-1' is not a whole number, 1 or more; see 'gradwalk lesson hint");
  refused(folder, "gradwalk lesson quiz 04 now", "'now' is none of pre, post");
  refused(folder, "gradwalk grade in --lession 04 -o out", "unknown: --lession 04 (did you mean --lesson?)");
  refused(folder, "gradwalk grade in --lesson 04 -o out --jobs -3", "'-3' is not a whole number from 1 to 1024");
  refused(folder, "gradwalk grade slurm in --lesson 04 -o out --shards=-3", "from 1 to 1000");
  refused(folder, "LANGUAGE=ru gradwalk grade merge -o out", "не указано: folders");
}

BOOST_AUTO_TEST_CASE(a_slip_is_answered_with_the_nearest) {
  const TemporaryFolder folder;
  refused(folder, "gradwalk trian", "(did you mean train?)");
  refused(folder, "gradwalk lessons list", "(did you mean lesson?)");
  refused(folder, "gradwalk train --epocs=3", "unknown: --epocs=3 (did you mean --epochs?)");
}

BOOST_AUTO_TEST_CASE(a_plot_that_there_is_not) {
  const TemporaryFolder folder;
  refused(folder, "gradwalk plot --show lossses -o a.svg", "losses or activations");
  refused(folder, "gradwalk plot --show losses --data moons -o a.svg", "takes no net");
  refused(folder, "gradwalk plot --data moons --show slice --axes 'W1[0,0]' 'b1[0]' -o a.svg", "1 parameter in --axes");
  refused(folder, "gradwalk plot --data moons --show surface --axes 'W1[0,0]' -o a.svg", "2 parameters in --axes");
  refused(folder, "gradwalk plot --data moons --epochs-shown 0,1 -o a.svg", "--show boundary or --show fit");
}

BOOST_AUTO_TEST_CASE(a_net_that_does_not_fit) {
  const TemporaryFolder folder;
  refused(folder, "gradwalk weights --net 2-3-2 --data moons --one-layer -o a.npz", "this net has tanh");
  refused(folder, "gradwalk train --net 2x10 --data moons", "2-10-2");
  refused(folder, "gradwalk train --net 5-3-2 --data moons", "begin --net with 2");
  refused(folder, "gradwalk train --net 4-3-2 --data iris", "end --net with 3");
  refused(folder, "gradwalk train --net 2-3-2 --data mons", "moons");
  refused(folder, "gradwalk train --net 2-3-2 --data moons --activation gelu", "leaky-relu");
  refused(folder, "gradwalk train --net 2-3-2 --data moons --loss hinge", "cross-entropy");
  refused(folder, "gradwalk train --net 1-3-2 --data curve", "squared");
  refused(folder, "gradwalk train --data moons --batch 0", "batch");
  refused(folder, "gradwalk train --data moons --dtype float16", "float32");
  refused(folder, "gradwalk train --data moons --init own-framework/none", "two_layers_30_epochs");
  refused(folder, "gradwalk trace --rows 0..99999 -o a.npz", "rows 0..79");
  refused(folder, "gradwalk trace --rows three -o a.npz", "0..3");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_wrong) {
  const TemporaryFolder folder;
  refused(folder, "gradwalk graph none.npz -o g.svg", "none.npz");
  refused(folder, "gradwalk train --epochs 0 -o net.npz >/dev/null 2>&1; gradwalk walk net.npz", "trace net.npz");
  refused(folder, "gradwalk walk net.npz",
          "net.npz: a trained net, not a trace: record a step of it with 'gradwalk trace net.npz");
  refused(folder, "gradwalk weights net.npz -o w.npz && gradwalk walk w.npz", "make one with 'gradwalk trace -o FILE'");
  refused(folder, "gradwalk plot w.npz -o a.svg",
          "w.npz: no model.json in it: this is not a trained net: make one with 'gradwalk train -o FILE'");
  refused(folder, "echo nonsense >a.npz; gradwalk walk a.npz", "a.npz");
  refused(folder, "gradwalk train none.toml", "none.toml");
  refused(folder, "echo 'epochs = \"many\"' >bad.toml; gradwalk train bad.toml", "line 1");
  refused(folder, "echo 'epocs = 3' >bad.toml; gradwalk train bad.toml", "epocs");
  refused(folder, "printf 'a,b,y\\n1,2,0\\n1,word,1\\n' >d.csv; gradwalk train --net 2-3-2 --data csv:d.csv", "word");
  refused(folder, "printf 'a,b,y\\n1,2,0\\n1,nan,1\\n' >d.csv; gradwalk train --net 2-3-2 --data csv:d.csv", "d.csv");
  refused(folder, "gradwalk train --net 784-10 --data idx:none", "none");
  refused(folder, "gradwalk trace -o s.npz 2>/dev/null; head -c 3000 s.npz >half.npz; gradwalk walk half.npz",
          "half.npz");
  refused(folder, "gradwalk train --epochs 1 --data moons -o m.npz >/dev/null 2>&1; gradwalk walk m.npz", "m.npz");
  refused(folder, "gradwalk terms 'W9[0,0]'", "W1(10, 2)");
  refused(folder, "gradwalk terms 'W1[10,0]'", "W1[9,1]");
  refused(folder, "gradwalk terms 'y[0]'", "y[0]");
}

BOOST_AUTO_TEST_CASE(an_output_that_cannot_be_written_leaves_nothing_and_loses_nothing) {
  const TemporaryFolder folder;
  refused(folder, "gradwalk trace -o none/step.npz", "none");
  refused(folder, "gradwalk walk -o /proc/walk.md", "/proc");
  write_file(folder / "kept.svg", "as it was");
  refused(folder, "gradwalk graph --level scalar nothing.npz -o kept.svg", "nothing.npz");
  BOOST_TEST(read_file(folder / "kept.svg") == "as it was");
}

BOOST_AUTO_TEST_CASE(what_the_system_says_comes_in_the_letters_of_the_language) {
  const TemporaryFolder folder;
  const auto run = run_program(folder, "gradwalk --lang ru trace -o " + std::string(300, 'a') + ".npz");
  BOOST_TEST(run.status == 2);
  BOOST_TEST(run.err.find("Slishkom") == std::string::npos, run.err);
}

BOOST_AUTO_TEST_CASE(without_dot_the_package_is_named_and_the_dot_file_still_works) {
  const TemporaryFolder folder;
  const std::string no_dot = "mkdir -p bin; ln -sf '" GRADWALK_BIN_DIR "/gradwalk' bin/gradwalk; PATH=$PWD/bin ";
  refused(folder, no_dot + "gradwalk graph -o g.svg", "install the package graphviz; the graph is in g.dot");
  BOOST_TEST(run_program(folder, "gradwalk verify g.dot").status == 0);
  refused(folder, no_dot + "gradwalk expr 'f = 2 * x' x=1 -o f.png", "f.dot");
  BOOST_TEST(run_program(folder, no_dot + "gradwalk graph -o g.dot").status == 0);
}

BOOST_AUTO_TEST_CASE(an_expression_that_is_wrong) {
  const TemporaryFolder folder;
  refused(folder, "gradwalk expr 'f = (x + ' x=1", "position 10");
  refused(folder, "gradwalk expr 'f = x + y' x=1", "y=NUMBER");
  refused(folder, "gradwalk expr 'f = x' x=one", "x=-2");
  refused(folder, "gradwalk expr 'f = x * 2' x=1 x=2", "twice");
  refused(folder, "gradwalk expr 'f = x * 2' x=1 -o f.xyz", ".npz");
}

BOOST_AUTO_TEST_CASE(what_is_not_a_number_is_told_and_still_drawn) {
  const TemporaryFolder folder;
  const auto run = run_program(folder, "gradwalk expr 'f = log(x) / y' x=-1 y=0 -o f.svg");
  BOOST_TEST(run.status == 0);
  BOOST_TEST(run.err.find("NaN") != std::string::npos);
  BOOST_TEST(read_file(folder / "f.svg").find("NaN") != std::string::npos);
}
