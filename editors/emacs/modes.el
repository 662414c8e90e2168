;;; modes.el --- Packages that are installed before lintel  -*- lexical-binding: t; -*-

(require 'package)
(package-initialize) ; eglot and yaml-mode, of Debian

;; terraform-mode is not in Debian.  The test needs only its name and its file names.
(define-derived-mode terraform-mode prog-mode "Terraform")
(add-to-list 'auto-mode-alist '("\\.tf\\'" . terraform-mode))
