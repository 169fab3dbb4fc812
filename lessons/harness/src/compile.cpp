#include "gradwalk/harness/compile.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>

#include "compiler_output.hpp"
#include "foreign_files.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"
#include "macro_guard.hpp"
#include "words.hpp"

namespace gradwalk::harness {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_source = 4 << 20;
constexpr std::size_t output_limit = 64 << 10;
constexpr std::chrono::seconds wall{60};  // a busy machine is not the student's fault: processor time is the real limit
constexpr Limits limits{
    .cpu_seconds = 10, .memory_bytes = std::uint64_t{3} << 29, .file_bytes = std::uint64_t{64} << 20};

/// -Og: the checks are small, and optimising is the larger half of what -O1 takes. An element behind the end of a vector
/// ends the program, as in driver_main.o: read, it is often a 0 that harms nothing, until it does. So is a variable that is never set, which starts as -5e303 here.
std::vector<std::string> flags(const Kit& kit) {
  return {"-std=gnu++20",
          "-Og",
          "-fopenmp",
          "-pipe",
          "-w",
          "-D_GLIBCXX_ASSERTIONS",
          "-ftrivial-auto-var-init=pattern",
          "-I" + kit.include().string()};
}

/// A second lock behind the sandbox, and the only one against gradwalk's own headers where there are no namespaces, and
/// against any file where the kernel has no Landlock either. The assembler includes files too, which g++ never hears of.
std::string foreign_file(const Finished& finished, const CompileFolders& folders, bool succeeded) {
  if (std::string file = foreign_dependency(folders.work / "driver.d", folders, succeeded); !file.empty()) return file;
  if (std::string file = file_of_assembler(folders.work / "assembler.d", succeeded); !file.empty()) return file;
  return succeeded ? std::string() : foreign_place(finished.output, folders);
}

/// Why a file cannot be source, where g++ would only say "stray '\377' in program" or that a name is missing.
std::string no_text(const std::string& bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return tr("it is UTF-16: save it as UTF-8");
  return bytes.find_first_not_of(" \t\r\n") == std::string::npos ? tr("it is empty") : "";
}

/// The folder is the sandbox's user's alone; what lies in it may be read by that user whatever the judge's umask is.
void write_for_sandbox(const fs::path& file, const std::string& bytes) {
  std::ofstream out(file, std::ios::binary);
  out << bytes;
  out.close();
  if (!out || chmod(file.c_str(), 0644) != 0) throw InputError("cannot write " + file.string() + "; is the disk full?");
}

}  // namespace

Kit::Kit(bool allow_weak_sandbox, Headers headers, Tier at_most, Landlock landlock)
    : sandbox_([&] {
        // The sandbox's user must be able to reach all of it, wherever gradwalk itself is installed: hence the copies.
        const fs::path kit = folder_.path() / "kit";
        const fs::path lessons = lessons_folder();
        fs::create_directories(kit);
        for (const char* tool : {"gradwalk-jail", "driver_main.o"}) fs::copy_file(tools_folder() / tool, kit / tool);
        fs::copy(lessons / "include", kit / "include", fs::copy_options::recursive);
        chmod((kit / "gradwalk-jail").c_str(), 0755);
        return Sandbox::find(kit / "gradwalk-jail", allow_weak_sandbox, at_most, landlock);
      }()) {
  // A submission that closes its pipe must not end the judge; the write that fails is noticed where it is made.
  std::signal(SIGPIPE, SIG_IGN);
  if (headers == Headers::precompiled) precompile();
}

void Kit::precompile() const {
  Command command;
  command.words = {"env", "TMPDIR=" + folder().string(), "g++"};
  for (const std::string& flag : flags(*this)) command.words.push_back(flag);
  const fs::path header = include() / "gradwalk" / "driver.hpp";
  for (const char* word : {"-x", "c++-header", "-o"}) command.words.emplace_back(word);
  command.words.push_back(header.string() + ".gch");
  command.words.push_back(header.string());
  run_to_end(command, wall, output_limit);  // when it fails, g++ reads the header itself: slower, no less right
}

Cell::Cell(const Kit& kit) {
  static std::atomic<unsigned> number{0};
  if (kit.sandbox().has_throwaway_users()) user_.emplace();
  const fs::path folder = kit.folder_of_cells() / fmt::format("work{}", number++);
  if (mkdir(folder.c_str(), 0700) != 0)
    throw InputError("cannot make the folder " + folder.string() + "; is the disk full?");
  folder_ = folder;
  if (user_ && chown(folder.c_str(), user_->uid(), user_->uid()) != 0)
    throw InputError("cannot give the folder " + folder.string() + " to the sandbox's user");
}

Cell::~Cell() {
  user_.reset();
  std::error_code ignored;  // what cannot be removed yet goes with the kit's folder
  fs::remove_all(folder_, ignored);
}

Compiled compile(const Kit& kit, const Cell& cell, const fs::path& driver, const std::vector<SourceFile>& files) {
  Compiled compiled;
  const std::string& file_name = files.at(0).name;
  if (files[0].bytes.size() > largest_source) {
    compiled.outcome = CompileOutcome::unreadable;
    return compiled;
  }
  if (const std::string why = no_text(files[0].bytes); !why.empty()) {
    compiled.outcome = CompileOutcome::error_in_submission;
    compiled.message = why;
    return compiled;
  }
  const fs::path& work = cell.folder();
  write_for_sandbox(work / "driver.cpp", with_macro_guard(read_file(driver)));
  for (const SourceFile& file : files) write_for_sandbox(work / file.name, file.bytes);
  compiled.program = work / "program";

  Command command;
  command.words = {"g++"};
  for (const std::string& flag : flags(kit)) command.words.push_back(flag);
  for (const std::string& word :
       {std::string("-fmax-errors=1"), std::string("-MD"), std::string("-MF"), std::string("driver.d"),
        std::string("-Wa,--MD,assembler.d"), std::string("-include"), std::string("gradwalk/driver.hpp"),
        std::string("driver.cpp"), kit.driver_main().string(), std::string("-static"), std::string("-fuse-ld=gold"),
        std::string("-o"), compiled.program.string()})
    command.words.push_back(word);
  command.limits = limits;
  const Finished finished =
      run_to_end(kit.sandbox().compiler(command, kit.folder(), work, cell.uid()), wall, output_limit);
  const bool succeeded = finished.succeeded() && fs::is_regular_file(fs::symlink_status(compiled.program));
  if (const std::string foreign = foreign_file(finished, {kit.folder(), work}, succeeded); !foreign.empty()) {
    compiled.outcome = CompileOutcome::error_in_submission;
    compiled.message =
        tr("it includes {file}, which is not part of the exercise", fmt::arg("file", printable(foreign)));
  } else if (!succeeded) {
    explain(compiled, finished, file_name);
    if (const std::string macro = guarded_macro(compiled.message); !macro.empty()) {
      compiled.outcome = CompileOutcome::error_in_submission;
      compiled.message =
          tr("its macro {name} would change the judge's own code: give it another name", fmt::arg("name", macro));
    }
  } else {
    compiled.outcome = CompileOutcome::compiled;
  }
  return compiled;
}

}  // namespace gradwalk::harness
