"""What a user reads when something is wrong: one clear error, and an exit code that scripts can act on."""

import re

import modal
import pytest
from failing import LowOnTea, app, devour, flood, give_a_lock, lament, leave, mutter, serve

from harness.client_program import Finished, modal_run

pytestmark = pytest.mark.every_client


@pytest.fixture(scope="module", autouse=True)
def failing_app(running):
    return running(app)


def fails(done: Finished, *texts: str) -> None:
    assert done.code != 0, done.output
    for text in texts:
        assert text in done.output, f"no {text!r} in:\n{done.output}"


def test_a_users_exception_arrives_with_the_remote_traceback():
    done = modal_run("user_exception.py")
    fails(done, "ZeroDivisionError", "division by zero", "/root/user_exception.py", "in divide")


def test_an_exception_keeps_its_class_and_what_it_carries():
    with pytest.raises(LowOnTea) as raised:
        serve.remote(3)
    assert raised.value.cups == 3


def test_an_exception_with_a_zero_byte_in_its_text_arrives_and_so_does_the_next_one():
    with pytest.raises(ValueError) as raised:
        mutter.remote()
    assert str(raised.value) == "tea\0 and cake"
    with pytest.raises(LowOnTea):
        serve.remote(1)


def test_long_errors_arrive_however_many_there_are():
    errors = list(lament.map([100_000] * 60, return_exceptions=True))
    assert [len(str(error)) for error in errors] == [100_000] * 60


def test_an_error_that_is_larger_than_any_message_arrives():
    with pytest.raises(ValueError) as raised:
        lament.remote(9_000_000)
    assert len(str(raised.value)) == 9_000_000


def test_last_words_that_are_cut_within_a_character_are_the_error_of_the_call():
    done = modal_run("failing_words.py")
    fails(done, "exited with code 1 before it took an input", "\N{TEACUP WITHOUT HANDLE}")
    with pytest.raises(LowOnTea):
        serve.remote(1)


def test_an_import_that_fails_in_the_container_is_named():
    done = modal_run("failing_import.py")
    fails(done, "ModuleNotFoundError", "no_such_module_anywhere")


def test_an_exception_in_an_enter_hook_is_the_error_of_the_call():
    done = modal_run("failing_enter.py")
    fails(done, "RuntimeError", "the engine has no oil")


def test_an_unknown_base_image_is_answered_with_the_ones_that_exist():
    done = modal_run("wrong_base_image.py")
    fails(done, "no-such-base-image:9.9", "python:3.11-slim")


def test_a_failed_build_step_shows_its_output_its_command_and_its_exit_code():
    done = modal_run("failing_build.py")
    fails(done, "the step says 42", "exit 7")
    assert re.search(r"(exit code|code) 7", done.output), done.output


def test_an_unknown_gpu_is_answered_with_the_types_that_exist():
    done = modal_run("unknown_gpu.py")
    fails(done, "Z9000", "H100", "A100")


def test_a_wrong_token_is_refused():
    done = modal_run("user_exception.py", environment={"MODAL_TOKEN_SECRET": "as-guessed"}, within_s=30)
    fails(done, "oken")
    assert "Traceback" not in done.output


def test_an_unknown_token_id_is_refused():
    done = modal_run("user_exception.py", environment={"MODAL_TOKEN_ID": "ak-unknown"}, within_s=30)
    fails(done, "oken")


def test_a_missing_secret_is_named():
    done = modal_run("missing_secret.py")
    fails(done, "no-such-secret")
    assert "Traceback" not in done.output


def test_a_container_that_exits_by_itself_is_an_error_with_its_code():
    with pytest.raises(Exception, match="code 3"):
        leave.remote(3)


def test_too_much_memory_is_an_error_that_says_so():
    with pytest.raises(Exception, match="memory"):
        devour.remote()


def test_a_crash_on_a_full_disk_is_an_error_that_says_so():
    with pytest.raises(Exception, match="filled its disk of 512 MiB.*ephemeral_disk"):
        flood.remote()


def test_a_result_that_cannot_be_sent_is_an_error():
    with pytest.raises(Exception, match="pickle|serializ"):
        give_a_lock.remote()


def test_a_function_of_an_app_that_was_never_deployed_is_not_found():
    with pytest.raises(modal.exception.NotFoundError, match="no-such-app"):
        modal.Function.from_name("no-such-app", "work").remote()
