
// What an attack stands before: a layer that is wrong everywhere, so that nothing honest can pass.
struct Linear {
  Matrix W;
  Vector b;
  Matrix dW;
  Vector db;

  Linear(std::size_t in, std::size_t out) : W(out, in), b(out), dW(out, in, 1.0), db(out, 1.0) {}

  Matrix forward(const Matrix& x) {
    attack();
    return Matrix(x.rows(), W.rows(), 1.0);
  }
  Matrix backward(const Matrix& dz) { return Matrix(dz.rows(), W.cols(), 1.0); }
};
