#include "numbers.hpp"

#include <algorithm>

namespace gradwalk::worksheet {

double Numbers::integer(int most) {
  const int k = between(1, most);
  return coin() ? k : -k;
}

double Numbers::half() { return integer(4) / 2; }

std::vector<double> Numbers::integers(std::size_t count, int most) {
  std::vector<double> values(count);
  for (double& value : values) value = integer(most);
  return values;
}

std::vector<double> Numbers::halves(std::size_t count) {
  std::vector<double> values(count);
  for (double& value : values) value = half();
  return values;
}

std::vector<double> Numbers::probabilities(std::size_t classes) {
  const int parts = classes < 4 && coin() ? 4 : 10;
  std::vector<int> share(classes, 1);
  for (int left = parts - static_cast<int>(classes); left > 0; --left) ++share[random_.below(classes)];
  std::vector<double> p(classes);
  std::transform(share.begin(), share.end(), p.begin(), [parts](int k) { return static_cast<double>(k) / parts; });
  return p;
}

Numbers::LabelledRows Numbers::labelled_rows(std::size_t rows, std::size_t classes) {
  LabelledRows drawn;
  for (std::size_t n = 0; n < rows; ++n) {
    const std::vector<double> row = probabilities(classes);
    drawn.p.insert(drawn.p.end(), row.begin(), row.end());
    drawn.y.push_back(between(0, static_cast<int>(classes) - 1));
  }
  return drawn;
}

}  // namespace gradwalk::worksheet
