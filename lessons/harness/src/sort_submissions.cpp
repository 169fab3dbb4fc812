#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "chosen_files.hpp"
#include "exported_names.hpp"
#include "gradescope_export.hpp"
#include "gradwalk/harness/batch.hpp"
#include "gradwalk/harness/submissions.hpp"
#include "lesson_folders.hpp"
#include "source_files.hpp"
#include "words.hpp"

namespace gradwalk::harness {
namespace {

namespace fs = std::filesystem;

using Folders = std::vector<std::string>;

/// The folder is called as a part of everybody's work may be.
bool is_part(const std::string& folder) {
  constexpr std::array<std::string_view, 8> parts{"src",  "source",   "include",    "code",
                                                  "work", "solution", "submission", "build"};
  return std::find(parts.begin(), parts.end(), folder) != parts.end();
}

class Sorter {
 public:
  Sorter(const std::vector<Lesson>& lessons, const std::vector<HandedFile>& files) : lessons_(lessons) {
    for (const Lesson& lesson : all_lessons())
      if (std::none_of(lessons.begin(), lessons.end(), [&](const Lesson& l) { return l.name == lesson.name; }))
        not_graded_.push_back(lesson);
    for (const HandedFile& file : files)
      if (fs::path(file.path).filename() == gradescope_metadata) gradescope_.merge(gradescope_names(file.bytes));
    each_top_is_a_student_ = most_tops_hold_files(files);
    for (const HandedFile& file : files)
      if (fs::path(file.path).filename() != gradescope_metadata) see(file);
    for (const Seen& file : seen_) add(file);
  }

  std::vector<Submitted> all() const {
    std::vector<Submitted> result;
    for (const auto& [id, name] : students_)
      for (const Lesson& lesson : lessons_) {
        const Submitted* chosen = files_.of(id, lesson.name);
        result.push_back(chosen ? *chosen : Submitted{id, printable(name), lesson.name, "", ""});
      }
    return result;
  }

  const ChosenFiles& files() const { return files_; }

 private:
  struct Seen {
    const HandedFile* file;
    Folders folders;
    std::string name;
    Who who;
    std::size_t own;  // the folder that stands for the student; as many as there are: none does
    std::optional<int> kind;
  };

  static Folders folders_of(const std::string& path, std::string& name) {
    Folders folders;
    const std::string whole = in_folder_of_student(path);
    std::size_t at = 0;
    for (std::size_t end; (end = whole.find('/', at)) != std::string::npos; at = end + 1)
      folders.push_back(whole.substr(at, end - at));
    name = whole.substr(at);
    return folders;
  }

  /// Whether students are the outermost folders, whatever lies in them, and not the innermost, as in groups.
  bool most_tops_hold_files(const std::vector<HandedFile>& files) const {
    std::set<std::string> tops, holding;
    for (const HandedFile& file : files) {
      std::string name;
      Folders folders = folders_of(file.path, name);
      std::erase_if(folders, [&](const std::string& folder) { return is_of_a_lesson(folder) || is_part(folder); });
      if (folders.empty() || !kind_of_source(file.path)) continue;
      tops.insert(folders[0]);
      if (folders.size() == 1) holding.insert(folders[0]);
    }
    return 2 * holding.size() >= tops.size();
  }

  /// Who may have handed this in; all files are seen before the first goes to anybody. The file must stay.
  void see(const HandedFile& file) {
    std::string name;
    Folders folders = folders_of(file.path, name);
    const auto [who, own] = whose(folders, name);
    const auto place = static_cast<std::size_t>(own - folders.begin());
    const std::optional<int> kind = file.readable ? kind_of_source(file.path) : std::nullopt;
    // A file beside the students' is a student's only when it can be their work.
    if (!kind_of_source(file.path) && own == folders.end()) return files_.is_nobodys(file.path);
    places_[safe_id(who.id, who.place)].insert(who.place);
    by_place_[safe_id(who.place, who.place)].insert(who.place);
    seen_.push_back({&file, std::move(folders), name, who, place, kind});
  }

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
    const std::string& path = file.file->path;
    if (!file.kind) {
      if (file.file->readable) files_.is_no_source(who.id, path);  // what could not be read has been told
      return;
    }
    if (std::any_of(others.begin(), others.end(), [&](const std::string& folder) { return is_not_graded(folder); }))
      return files_.is_of_another_lesson(who.id, path);
    bool taken = false;
    for (const Lesson& lesson : lessons_) {
      const int fit = fitness(lesson, others, file);
      if (fit == 0) continue;
      taken = true;
      files_.offer({who.id, printable(who.name), lesson.name, path, file.file->bytes}, fit, *file.kind > 0);
    }
    if (!taken) files_.is_of_no_lesson(path);
  }

  bool is_of_a_lesson(const std::string& folder) const {
    return is_not_graded(folder) ||
           std::any_of(lessons_.begin(), lessons_.end(), [&](const Lesson& l) { return is_lessons_folder(folder, l); });
  }

  /// The student, and the folder that stands for them, if it is one.
  std::pair<Who, Folders::iterator> whose(Folders& folders, const std::string& file_name) const {
    for (auto folder = folders.begin(); folder != folders.end(); ++folder)
      if (const auto who = from_export_folder(*folder)) return {*who, folder};
    if (const auto who = from_canvas_file(file_name)) return {*who, folders.end()};
    const auto own = folder_of_student(folders, file_name);
    const std::string name = own == folders.end() ? stem_of_student(file_name) : *own;
    std::string place;
    for (auto folder = folders.begin(); folder != own; ++folder)
      if (!is_of_a_lesson(*folder)) place += *folder + "/";
    return {{name, name, place + name}, own};
  }

  /// With several lessons "alice_04.hpp" and "alice_05.hpp" are one student's.
  std::string stem_of_student(const std::string& file_name) const {
    const std::string stem = fs::path(file_name).stem().string();
    if (lessons_.size() > 1)
      for (const Lesson& lesson : lessons_)
        if (const std::string student = without_lesson(stem, lesson); student != stem) return student;
    return stem;
  }

  /// An id that no other student has. Where two folders of one name lie in different ones, the outer are part of it:
  /// nobody's work is taken for somebody else's.
  std::string own_id(Who& who) const {
    const std::string id = safe_id(who.id, who.place);
    if (places_.at(id).size() == 1) return id;
    who.name = who.place;
    const std::string longer = safe_id(who.place, who.place);
    if (by_place_.at(longer).size() == 1 && (longer == id || places_.count(longer) == 0)) return longer;
    constexpr std::size_t room = 100;
    return safe_id(longer.substr(0, room), who.place) + "-" + short_hash(who.place);
  }

  /// The folder that stands for the student: not a lesson's, nor called as a part of everybody's work may be; the
  /// outermost where most of the outermost hold files themselves, else the innermost. Without one the file itself stands
  /// for them, unless it is called as every student's is: then the folder is a student who is called by a number.
  Folders::iterator folder_of_student(Folders& folders, const std::string& file_name) const {
    const auto stands = [&](bool part_will_do) {
      return [&, part_will_do](const std::string& folder) {
        return !is_of_a_lesson(folder) && (part_will_do || !is_part(folder));
      };
    };
    for (const bool part_will_do : {false, true}) {
      if (each_top_is_a_student_) {
        const auto first = std::find_if(folders.begin(), folders.end(), stands(part_will_do));
        if (first != folders.end()) return first;
      } else {
        const auto last = std::find_if(folders.rbegin(), folders.rend(), stands(part_will_do));
        if (last != folders.rend()) return last.base() - 1;
      }
    }
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

  /// How well a file fits a lesson; 0 not at all. What is called as the exercise is fits best, then what is called as
  /// the lesson; a header better than a program, and what lies further out.
  int fitness(const Lesson& lesson, const Folders& folders, const Seen& file) const {
    const bool named = is_named(lesson, folders, file.name);
    if (!named && lessons_.size() > 1) return 0;
    const bool usual = file.name == lesson.file || file.name.ends_with("_" + lesson.file);
    const int fit = 1 + (usual ? 12 : 0) + (named ? 3 : 0) + 3 * *file.kind;
    constexpr int deepest = 30;
    return fit * (deepest + 1) - std::min(deepest, static_cast<int>(folders.size()));
  }

  const std::vector<Lesson>& lessons_;
  std::vector<Lesson> not_graded_;
  bool each_top_is_a_student_ = false;
  std::vector<Seen> seen_;
  std::map<std::string, std::set<std::string>> places_, by_place_;  // by what would be the id
  std::map<std::string, std::string> students_, gradescope_;
  ChosenFiles files_;
};

/// The top folders that everything lies in say nothing about a student, unless they are one's.
std::size_t enclosing(const std::vector<HandedFile>& files, const std::vector<Lesson>& lessons) {
  std::size_t length = 0;
  for (;;) {
    std::set<std::string> tops;
    bool file_here = false, usual = false;
    for (const HandedFile& file : files) {
      const std::size_t slash = file.path.find('/', length);
      if (slash == std::string::npos) file_here = true;
      tops.insert(file.path.substr(length, slash == std::string::npos ? std::string::npos : slash - length));
      if (slash != std::string::npos)
        usual = usual || std::any_of(lessons.begin(), lessons.end(),
                                     [&](const Lesson& lesson) { return file.path.substr(slash + 1) == lesson.file; });
    }
    if (tops.size() != 1 || file_here || files.size() < 2 || usual || from_export_folder(*tops.begin())) return length;
    length += tops.begin()->size() + 1;
  }
}

}  // namespace

std::vector<Submitted> sort_submissions(const std::vector<HandedFile>& files, const std::vector<Lesson>& lessons,
                                        const LeftOut& left_out) {
  const std::size_t outer = enclosing(files, lessons);
  // A class of files side by side: each is a student. A class of folders: each folder is.
  std::vector<HandedFile> inner = files;
  for (HandedFile& file : inner)
    if (file.path.size() > outer) file.path.erase(0, outer);
  const Sorter sorter(lessons, inner);
  sorter.files().tell_of_others(left_out);
  return sorter.all();
}

}  // namespace gradwalk::harness
