for (const name of ["handler"]) {
  exports[name] = async (event) => event;
}
