;;; modes.el --- What people have installed before they set lintel up  -*- lexical-binding: t; -*-

(require 'package)
(package-initialize) ; eglot and yaml-mode, of Debian

;; terraform-mode is not in Debian.  Of it the test needs its name and which files it is for.
(define-derived-mode terraform-mode prog-mode "Terraform")
(add-to-list 'auto-mode-alist '("\\.tf\\'" . terraform-mode))
