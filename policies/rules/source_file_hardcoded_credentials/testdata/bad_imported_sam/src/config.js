exports.key = "AKIAQYLPMN5HHHFPZAM2"; // # want "secret in its code"
