# The Debian package: daemon, command, units, configuration, documents. deploy/package builds it,
# tests/run package installs, uses, upgrades and removes it.
include(GNUInstallDirs)
set(CMAKE_SKIP_INSTALL_RPATH ON)
set(packaging ${PROJECT_SOURCE_DIR}/deploy/debian)

install(TARGETS daybookd daybook daybook-projector RUNTIME DESTINATION bin)
# Debian's systemd reads packages' units here, whatever CMAKE_INSTALL_LIBDIR is.
install(FILES
  ${packaging}/daybookd.service
  ${packaging}/daybook-projector.service
  ${packaging}/daybook-backup.service ${packaging}/daybook-backup.timer
  ${packaging}/daybook-rehearsal.service ${packaging}/daybook-rehearsal.timer
  ${packaging}/daybook-watch@.service
  DESTINATION /lib/systemd/system)
install(FILES ${packaging}/daybookd.toml ${packaging}/backup.env DESTINATION /etc/daybook)
install(FILES ${packaging}/README.Debian README.md CHANGELOG.md services/cli/TEMPLATES.md
  services/cli/SENDING.md eventstore/FORMAT.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(DIRECTORY deploy/monitoring DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME daybook)
set(CPACK_PACKAGE_VENDOR Daybook)
set(CPACK_PACKAGE_CONTACT "The Daybook maintainers <maintainers@users.noreply.daybook.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION database)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)  # what the programs are linked with, by name and version
set(CPACK_DEBIAN_PACKAGE_DEPENDS adduser)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${packaging}/postinst ${packaging}/prerm ${packaging}/postrm ${packaging}/conffiles)
include(CPack)
