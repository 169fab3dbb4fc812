#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>
#include <set>

#include "gradescope_export.hpp"
#include "gradwalk/harness/batch.hpp"
#include "gradwalk/harness/submissions.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"
#include "words.hpp"

namespace gradwalk::harness {
namespace {

namespace fs = std::filesystem;

struct Who {
  std::string id, name;
  std::string place;  // what tells two students of one name apart: the folders that are not a lesson's
};

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  for (std::size_t end; (end = text.find(by, at)) != std::string::npos; at = end + 1)
    parts.push_back(text.substr(at, end - at));
  parts.push_back(text.substr(at));
  return parts;
}

bool is_number(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); });
}

bool is_source(const std::string& path) {
  std::string ending = fs::path(path).extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
  constexpr std::array<std::string_view, 8> known{".hpp", ".h", ".cpp", ".cc", ".cxx", ".hh", ".hxx", ".txt"};
  return std::find(known.begin(), known.end(), ending) != known.end();
}

/// Whether a folder is a lesson's and nothing else: "04_linear_layer", "04", "4", "lesson04", "hw-4", "Lab 04 linear".
/// A student "s04" is none.
bool is_lessons_folder(const std::string& folder, const Lesson& lesson) {
  if (folder.find(lesson.name) != std::string::npos || folder == lesson.name.substr(lesson.number.size() + 1))
    return true;
  static const std::regex form(
      "(?:lesson|lab|hw|homework|exercise|task|week|assignment|unit)?[ _-]*0*([0-9]+)(?:[ _-].*)?", std::regex::icase);
  std::smatch found;
  if (!std::regex_match(folder, found, form) || found[1].length() > 4) return false;
  return std::stoul(found[1]) == std::stoul(lesson.number);
}

/// The same for a lesson that is not graded now; a mere number may be a student's.
bool is_other_lessons_folder(const std::string& folder, const Lesson& lesson) {
  return !folder.empty() && !std::isdigit(static_cast<unsigned char>(folder.front()))
             ? is_lessons_folder(folder, lesson)
             : folder == lesson.name;
}

/// Whether a folder or file stem speaks of a lesson: "04_linear_layer", "04", "alice04", "linear_layer".
bool names_lesson(const std::string& part, const Lesson& lesson) {
  const std::string words = lesson.name.substr(lesson.number.size() + 1);
  if (part.find(lesson.name) != std::string::npos || part.find(words) != std::string::npos) return true;
  for (std::size_t at = part.find(lesson.number); at != std::string::npos; at = part.find(lesson.number, at + 1)) {
    const auto digit = [&](std::size_t i) {
      return i < part.size() && std::isdigit(static_cast<unsigned char>(part[i]));
    };
    if ((at == 0 || !digit(at - 1)) && !digit(at + lesson.number.size()) && part.size() <= lesson.number.size() + 12)
      return true;
  }
  return false;
}

/// Moodle, when it is not asked for folders, writes "Alice Adams_123_assignsubmission_file_exercise.hpp".
std::string in_folder_of_student(std::string path) {
  constexpr std::string_view mark = "_assignsubmission_file_";
  const std::size_t at = path.find(mark, path.rfind('/') == std::string::npos ? 0 : path.rfind('/'));
  if (at != std::string::npos && at + mark.size() < path.size()) path.insert(at + mark.size(), "/");
  return path;
}

/// Moodle: "Alice Adams_123_assignsubmission_file_". Gradescope: "submission_123".
bool from_export_folder(const std::string& folder, Who& who) {
  if (const std::size_t at = folder.find("_assignsubmission"); at != std::string::npos) {
    const std::string before = folder.substr(0, at);
    const std::size_t cut = before.rfind('_');
    if (cut == std::string::npos || !is_number(before.substr(cut + 1))) return false;
    who = {before.substr(cut + 1), before.substr(0, cut), before};
    return true;
  }
  if (folder.starts_with("submission_") && is_number(folder.substr(11))) {
    who = {folder.substr(11), folder.substr(11), folder};
    return true;
  }
  return false;
}

/// Canvas: "adamsalice_123_456_exercise.hpp", "adamsalice_LATE_123_456_exercise.hpp".
bool from_canvas_file(const std::string& file, Who& who) {
  std::vector<std::string> parts = split(file, '_');
  if (parts.size() > 1 && parts[1] == "LATE") parts.erase(parts.begin() + 1);
  if (parts.size() < 4 || !is_number(parts[1]) || !is_number(parts[2])) return false;
  who = {parts[1], parts[0], parts[1]};
  return true;
}

class Sorter {
 public:
  explicit Sorter(const std::vector<Lesson>& lessons) : lessons_(lessons) {
    for (const Lesson& lesson : all_lessons())
      if (std::none_of(lessons.begin(), lessons.end(), [&](const Lesson& l) { return l.name == lesson.name; }))
        not_graded_.push_back(lesson);
  }

  /// Who may have handed this in; all files are seen before the first goes to anybody. The file must stay.
  void see(const HandedFile& file) {
    if (fs::path(file.path).filename() == gradescope_metadata) return gradescope_.merge(gradescope_names(file.bytes));
    Folders folders = split(in_folder_of_student(file.path), '/');
    const std::string name = folders.back();
    folders.pop_back();
    const auto [who, own] = whose(folders, name);
    const auto place = static_cast<std::size_t>(own - folders.begin());
    const bool source = is_source(file.path);
    // A file beside the students' is a student's only when it can be their work.
    if (!source && own == folders.end()) return not_source_.emplace_back(file.path), void();
    places_[safe(who.id)].insert(who.place);
    by_place_[safe(who.place)].insert(who.place);
    seen_.push_back({&file, std::move(folders), name, who, place, source});
  }

  /// Files that are nobody's work, and what students handed in who have no other.
  std::vector<std::string> not_source() const {
    std::vector<std::string> paths = not_source_;
    for (const auto& other : other_files_)
      if (std::none_of(found_.begin(), found_.end(),
                       [&](const auto& found) { return found.first.first == other.first && found.second.first > 0; }))
        paths.push_back(other.second);
    return paths;
  }

  std::vector<Submitted> all() {
    for (const Seen& file : seen_) add(file);
    std::vector<Submitted> result;
    for (const auto& [id, name] : students_)
      for (const Lesson& lesson : lessons_) {
        const auto found = found_.find({id, lesson.name});
        const bool handed_in = found != found_.end() && found->second.first > 0;
        result.push_back(handed_in ? found->second.second : Submitted{id, name, lesson.name, "", ""});
      }
    return result;
  }

 private:
  using Folders = std::vector<std::string>;

  struct Seen {
    const HandedFile* file;
    Folders folders;
    std::string name;
    Who who;
    std::size_t own;  // the folder that stands for the student; as many as there are: none does
    bool source;
  };

  void add(const Seen& file) {
    Who who = file.who;
    if (const auto named = gradescope_.find(who.place); named != gradescope_.end()) who.name = named->second;
    who.id = own_id(who);
    // What the student is called says nothing about the lesson, unless nothing else does.
    Folders others = file.folders;
    if (file.own < others.size()) others.erase(others.begin() + static_cast<std::ptrdiff_t>(file.own));
    if (std::none_of(lessons_.begin(), lessons_.end(), [&](const Lesson& l) { return is_named(l, others, file.name); }))
      others = file.folders;
    students_[who.id] = who.name;
    if (!file.source) {
      other_files_.emplace(who.id, file.file->path);
      return;
    }
    if (std::any_of(others.begin(), others.end(), [&](const std::string& folder) { return is_not_graded(folder); }))
      return;
    for (const Lesson& lesson : lessons_) {
      const int fit = fitness(lesson, others, file.name);
      auto& [best, submitted] = found_[{who.id, lesson.name}];
      if (fit > best) {
        best = fit;
        submitted = {who.id, who.name, lesson.name, file.file->path, file.file->bytes};
      }
    }
  }

  bool is_of_a_lesson(const std::string& folder) const {
    return is_not_graded(folder) ||
           std::any_of(lessons_.begin(), lessons_.end(), [&](const Lesson& l) { return is_lessons_folder(folder, l); });
  }

  /// The student, and the folder that stands for them, if it is one.
  std::pair<Who, Folders::iterator> whose(Folders& folders, const std::string& file_name) const {
    Who who;
    auto own = std::find_if(folders.begin(), folders.end(),
                            [&](const std::string& folder) { return from_export_folder(folder, who); });
    if (own != folders.end() || from_canvas_file(file_name, who)) return {who, own};
    own = folder_of_student(folders, file_name);
    const std::string name = own == folders.end() ? fs::path(file_name).stem().string() : *own;
    std::string place;
    for (auto folder = folders.begin(); folder != own; ++folder)
      if (!is_of_a_lesson(*folder)) place += *folder + "/";
    return {{name, name, place + name}, own};
  }

  /// An id that no other student has. Where two folders of one name lie in different ones, the outer are part of it:
  /// nobody's work is taken for somebody else's.
  std::string own_id(Who& who) const {
    const std::string id = safe(who.id);
    if (places_.at(id).size() == 1) return id;
    who.name = who.place;
    const std::string longer = safe(who.place);
    if (by_place_.at(longer).size() == 1 && (longer == id || places_.count(longer) == 0)) return longer;
    return longer.substr(0, longest_id - 17) + "-" + short_hash(who.place);
  }

  /// The folder that stands for the student: the last one that is not a lesson's, nor called as a part of everybody's
  /// work may be. Without one the file itself stands for them, unless it is called as every student's is: then the
  /// folder is a student who is called by a number.
  Folders::iterator folder_of_student(Folders& folders, const std::string& file_name) const {
    constexpr std::array<std::string_view, 8> parts{"src",  "source",   "include",    "code",
                                                    "work", "solution", "submission", "build"};
    for (const bool part_will_do : {false, true})
      for (auto folder = folders.end(); folder != folders.begin();)
        if (--folder;
            !is_of_a_lesson(*folder) && (part_will_do || std::find(parts.begin(), parts.end(), *folder) == parts.end()))
          return folder;
    const bool usual = lessons_.size() == 1 && file_name == lessons_.front().file;
    return usual && !folders.empty() ? folders.end() - 1 : folders.end();
  }

  /// A folder of another lesson of the course: a class hands in all of them, and one is graded.
  bool is_not_graded(const std::string& folder) const {
    return std::any_of(not_graded_.begin(), not_graded_.end(),
                       [&](const Lesson& l) { return is_other_lessons_folder(folder, l); });
  }

  static bool is_named(const Lesson& lesson, const Folders& folders, const std::string& file_name) {
    return names_lesson(fs::path(file_name).stem().string(), lesson) ||
           std::any_of(folders.begin(), folders.end(), [&](const std::string& f) { return names_lesson(f, lesson); });
  }

  /// How well a file fits a lesson; 0 not at all.
  int fitness(const Lesson& lesson, const std::vector<std::string>& folders, const std::string& file_name) const {
    const bool named = is_named(lesson, folders, file_name);
    if (!named && lessons_.size() > 1) return 0;
    const bool usual = file_name == lesson.file || file_name.ends_with("_" + lesson.file);
    return 1 + (named ? 2 : 0) + (usual ? 1 : 0);
  }

  /// An id that is a file name too.
  static std::string safe(std::string id) {
    for (char& c : id)
      if (c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20) c = '_';
    if (id.empty() || id == "." || id == "..") return std::string(1, '_');
    if (id.size() > longest_id) id.resize(longest_id);
    return id;
  }

  static constexpr std::size_t longest_id = 120;

  const std::vector<Lesson>& lessons_;
  std::vector<Lesson> not_graded_;
  std::vector<Seen> seen_;
  std::map<std::string, std::set<std::string>> places_, by_place_;  // by what would be the id
  std::map<std::string, std::string> students_, other_files_, gradescope_;
  std::vector<std::string> not_source_;
  std::map<std::pair<std::string, std::string>, std::pair<int, Submitted>> found_;
};

/// The top folders that everything lies in say nothing about a student.
std::size_t enclosing(const std::vector<HandedFile>& files) {
  std::size_t length = 0;
  for (;;) {
    std::set<std::string> tops;
    bool file_here = false;
    for (const HandedFile& file : files) {
      const std::size_t slash = file.path.find('/', length);
      if (slash == std::string::npos) file_here = true;
      tops.insert(file.path.substr(length, slash == std::string::npos ? std::string::npos : slash - length));
    }
    if (tops.size() != 1 || file_here || files.size() < 2) return length;
    length += tops.begin()->size() + 1;
  }
}

}  // namespace

std::vector<Submitted> sort_submissions(const std::vector<HandedFile>& files, const std::vector<Lesson>& lessons,
                                        const LeftOut& left_out) {
  Sorter sorter(lessons);
  const std::size_t outer = enclosing(files);
  // A class of files side by side: each is a student. A class of folders: each folder is.
  std::vector<HandedFile> inner = files;
  for (HandedFile& file : inner)
    if (file.path.size() > outer) file.path.erase(0, outer);
  for (const HandedFile& file : inner) sorter.see(file);
  const std::vector<Submitted> all = sorter.all();
  for (const std::string& path : sorter.not_source())
    left_out(tr("{path} is not graded: it is not called as C++ source is (.hpp, .h, .cpp …)",
                fmt::arg("path", printable(path))));
  return all;
}

}  // namespace gradwalk::harness
